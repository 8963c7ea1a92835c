import type { ConnectorError } from '../foundation/errors.ts';
import type { JsonValue } from '../foundation/json.ts';
import { answerLine } from '../http/answer-line.ts';
import { answerText } from '../http/answer-text.ts';
import type { HttpResponse } from '../http/client.ts';
import { quoted } from '../http/quoted.ts';
import { authError } from './auth-errors.ts';

/** Why a refresh was refused; `spent`: the refresh token is used up, expired or unknown. */
export interface OAuthRefusal {
  readonly kind: 'spent' | 'other';
  readonly error: ConnectorError;
}

interface OAuthRefusalOptions {
  /** Another run of the source may have replaced the tokens since this one's settings were read. */
  readonly mayBeStale: boolean;
}

/** The names and texts are in `error`, `error_description` or `message`, as the service and the generation have it. */
const mentions = (body: JsonValue, pattern: RegExp): boolean => pattern.test(JSON.stringify(body));

/** What a 4xx of the token endpoint means. The texts are those that integrators have seen. */
export const oauthRefusal = (response: HttpResponse, { mayBeStale }: OAuthRefusalOptions): OAuthRefusal => {
  const { status, body } = response;
  const text = quoted(answerText(body));
  const details = {
    status,
    internalMessage: `${answerLine({ method: 'POST', path: 'token endpoint' }, response)}, ${text}`,
  } as const;
  // A chain that has ended: only a person can begin another, unless another run has gone on with it.
  if (mentions(body, /invalid.grant|refresh token is invalid/i)) {
    const code = mayBeStale ? 'refresh_token_replaced' : 'refresh_token_refused';
    return { kind: 'spent', error: authError(code, {}, details) };
  }
  if (/location is not active/i.test(text))
    return { kind: 'other', error: authError('renewal_inactive', {}, { ...details, access: 'inactive' }) };
  if (mentions(body, /invalid_client|client credentials/i))
    return { kind: 'other', error: authError('client_refused', { words: text }, details) };
  const answer = `${status}${text === '' ? '' : `, "${text}"`}`;
  return { kind: 'other', error: authError('renewal_refused', { answer }, details) };
};
