import type { HttpRequest } from '../http/client.ts';

interface TokenRequestOptions {
  /** Of HighLevel's token endpoint, or the absolute address of a broker. */
  readonly path: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What tokens are asked for with: its kind (`grant_type`), and what proves it. */
  readonly grant: Readonly<Record<string, string>> & { readonly grant_type: string };
  readonly timeoutMs: number;
}

/** Asks for tokens in the way of OAuth 2: the app names itself in the form. */
export const tokenRequest = ({
  path,
  clientId,
  clientSecret,
  grant,
  timeoutMs,
}: TokenRequestOptions): HttpRequest => ({
  method: 'POST',
  path,
  headers: { version: '2021-07-28' },
  body: { kind: 'form', value: { client_id: clientId, client_secret: clientSecret, ...grant } },
  timeoutMs,
});
