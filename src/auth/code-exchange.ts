import { configError, type ConnectorError, systemError } from '../foundation/errors.ts';
import { answerLine } from '../http/answer-line.ts';
import { answerText } from '../http/answer-text.ts';
import type { HttpResponse } from '../http/client.ts';
import { quoted } from '../http/quoted.ts';
import type { Requester } from '../http/requester.ts';
import type { TokenClass } from './claims.ts';
import { parseTokenAnswer, type TokenAnswer } from './token-answer.ts';
import { tokenRequest } from './token-request.ts';

export interface CodeExchangeOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one that the code was asked for with, to the letter. */
  readonly redirectUri: string;
  /** A hint: HighLevel gives tokens for what was chosen on the page, whatever is said here. */
  readonly userType: TokenClass;
  readonly requester: Requester;
  readonly signal: AbortSignal;
}

const TOKEN_ENDPOINT = { method: 'POST', path: '/oauth/token' } as const;
const TIMEOUT_MS = 30_000;

const isRefusal = ({ status }: HttpResponse): boolean => [400, 401, 403, 404, 422].includes(status);

/** The answers that integrators have seen, in words for the person who is signing in. */
const sentenceFor = (said: string, status: number): string => {
  if (/redirect/i.test(said))
    return `HighLevel does not accept the redirect URI ("${said}"). --redirect-uri has to be the one in the app, to the letter.`;
  if (/client/i.test(said))
    return (
      `HighLevel does not accept the client ID and the client secret ("${said}"). Copy both from the same client key of your ` +
      'app in the marketplace, and run login again.'
    );
  if (/not active/i.test(said))
    return `What was chosen is not active in HighLevel, suspended or unpaid ("${said}"). Reactivate it, and run login again.`;
  if (/code|grant/i.test(said))
    return (
      `HighLevel does not know the code ("${said}"): each one works once and for a short time, and only for the client ID and the ` +
      'redirect URI that it was asked for with. Run login again.'
    );
  const quote = said === '' ? '' : `, "${said}"`;
  return `HighLevel gave no tokens for the code (${status}${quote}). Run login again; check the client ID, its secret and the redirect URI.`;
};

const refusal = (response: HttpResponse): ConnectorError => {
  const said = quoted(answerText(response.body));
  return configError(sentenceFor(said, response.status), {
    reach: 'sync',
    status: response.status,
    internalMessage: `${answerLine(TOKEN_ENDPOINT, response)}, ${said}`,
  });
};

const unreadable = (response: HttpResponse): ConnectorError =>
  systemError(
    'HighLevel took the code but did not answer with an access token and a refresh token. Run login again.',
    {
      reach: 'sync',
      status: response.status,
      internalMessage: answerLine(TOKEN_ENDPOINT, response),
    },
  );

/**
 * Gives the code of a consent for the first tokens of a sign-in.
 * @throws ConnectorError with what the person who signs in can do
 */
export const exchangeCode = async (
  code: string,
  options: CodeExchangeOptions,
): Promise<TokenAnswer & { readonly refreshToken: string }> => {
  const { clientId, clientSecret, redirectUri, userType, requester, signal } = options;
  const response = await requester.request(
    tokenRequest({
      path: TOKEN_ENDPOINT.path,
      clientId,
      clientSecret,
      grant: { grant_type: 'authorization_code', code, user_type: userType, redirect_uri: redirectUri },
      timeoutMs: TIMEOUT_MS,
    }),
    { purpose: 'the first tokens', accepts: isRefusal, signal },
  );
  if (isRefusal(response)) throw refusal(response);
  const answer = parseTokenAnswer(response.body);
  if (answer?.refreshToken === undefined) throw unreadable(response);
  return { ...answer, refreshToken: answer.refreshToken };
};
