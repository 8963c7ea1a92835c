import { createOAuthChain, type OAuthChain } from '../oauth.ts';
import type { OAuthTokens } from '../oauth-tokens.ts';
import type { HttpResponse } from '../../http/client.ts';
import type { TokenStore } from '../token-store.ts';
import { answer, type Script } from '../../http/doubles/scripted-client.ts';
import { createScriptedRequester, type ScriptedRequester } from '../../http/doubles/scripted-requester.ts';

const LATER_MS = 86_400_000;

interface ScriptedChainOptions {
  readonly script?: Script;
  readonly initial?: OAuthTokens;
  readonly mayBeStale?: boolean;
  readonly tokenUrl?: string;
  readonly store?: TokenStore;
}

/** For tests: access-1 and refresh-1 at first, then -2, -3 and so on. */
export const nextTokens = (count: number, more: Record<string, string> = {}): HttpResponse =>
  answer(200, {
    access_token: `access-${String(count + 1)}`,
    refresh_token: `refresh-${String(count + 1)}`,
    expires_in: 86_399,
    userType: 'Company',
    companyId: 'C1',
    ...more,
  });

interface ScriptedChain extends ScriptedRequester {
  readonly chain: OAuthChain;
  /** Secrets told and tokens kept, in order. */
  readonly events: string[];
}

/** For tests: a real chain over a scripted client; it begins with access-1, valid for a day of the virtual clock. */
export const createScriptedChain = ({
  script = (_, count) => nextTokens(count),
  initial,
  mayBeStale = false,
  tokenUrl,
  store,
}: ScriptedChainOptions = {}): ScriptedChain => {
  const around = createScriptedRequester(script);
  const events: string[] = [];
  const chain = createOAuthChain({
    initial: initial ?? { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: LATER_MS },
    clientId: 'app-1',
    clientSecret: 'client-secret',
    tokenUrl: tokenUrl ?? '/oauth/token',
    requester: around.requester,
    runtime: around.runtime,
    log: around.log,
    mayBeStale,
    store,
    onSecret: (secret) => events.push(`secret ${secret}`),
    onRotated: async ({ accessToken, refreshToken }) => {
      await Promise.resolve();
      events.push(`kept ${accessToken} ${refreshToken}`);
    },
  });
  return { ...around, chain, events };
};

/** The first tokens, when their time is over. */
export const expired: OAuthTokens = { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: 0 };
