import { type AccessProblem, ConnectorError } from '../foundation/errors.ts';
import { answerLine } from '../http/answer-line.ts';
import { answerText } from '../http/answer-text.ts';
import type { Authenticator } from '../http/authenticator.ts';
import type { HttpRequest, HttpResponse } from '../http/client.ts';
import { quoted } from '../http/quoted.ts';
import type { Requester } from '../http/requester.ts';
import { judge, type Verdict } from '../http/response-policy.ts';
import { authError } from './auth-errors.ts';
import { syncWide } from './sync-wide.ts';
import { parseTokenAnswer, type TokenAnswer } from './token-answer.ts';

interface TokenMintOptions {
  readonly company: Authenticator;
  readonly companyId: string;
  readonly requester: Requester;
  /** Ends a mint that is under way: unlike a refresh token, nothing is lost with it. */
  readonly signal?: AbortSignal;
}

/**
 * Asks for a token of one location.
 * @throws ConnectorError of reach `partition` with `access` when this location cannot be had, transient when a later
 * attempt may help, of reach `sync` when no location could be had
 */
export type Mint = (locationId: string) => Promise<TokenAnswer>;

const SCOPE = 'oauth.write';

const problemOf = (status: number, text: string): AccessProblem => {
  if (/not active/i.test(text)) return 'inactive';
  return status === 404 || /install/i.test(text) ? 'not_installed' : 'refused';
};

/** Without the location, which whoever reads several of them puts before it. */
const CODES = {
  inactive: 'agency_location_inactive',
  not_installed: 'agency_location_not_installed',
  refused: 'agency_location_refused',
} as const satisfies Readonly<Record<AccessProblem, string>>;

/** The wrong kind of token is a matter of scopes too: HighLevel checks them first, and then which class may use them. */
const isAboutScope = ({ status, body }: HttpResponse): boolean =>
  [400, 401, 403, 422].includes(status) &&
  /scope|user type|authclass|iam (service|config)/i.test(answerText(body));

const isAboutLocation = (verdict: Verdict): boolean =>
  verdict.action === 'FAIL' && verdict.error.reach === 'partition';

const lineFor = (locationId: string, response: HttpResponse): string =>
  answerLine({ method: 'POST', path: `/oauth/locationToken for ${locationId}` }, response);

const scopeProblem = (response: HttpResponse, locationId: string): ConnectorError => {
  const { status, body } = response;
  const text = quoted(answerText(body));
  const details = { status, internalMessage: `${lineFor(locationId, response)}, ${text}` };
  return authError('agency_scope_missing', { words: text, scope: SCOPE }, details);
};

const mintProblem = (response: HttpResponse, locationId: string): ConnectorError => {
  const { status, body } = response;
  const text = quoted(answerText(body));
  const access = problemOf(status, text);
  const details = { access, status, internalMessage: `${lineFor(locationId, response)}, ${text}` };
  return authError(CODES[access], {}, details);
};

/** Exchanges the agency's token for tokens of its locations; takes the scope oauth.write and an OAuth Company token. */
export const createTokenMint = ({ company, companyId, requester, signal }: TokenMintOptions): Mint => {
  const post = (locationId: string): Promise<HttpResponse> => {
    const purpose = `the token of location ${locationId}`;
    const request: HttpRequest = {
      method: 'POST',
      path: '/oauth/locationToken',
      headers: { version: '2021-07-28' },
      body: { kind: 'form', value: { companyId, locationId } },
    };
    const accepts = (response: HttpResponse): boolean =>
      isAboutScope(response) || isAboutLocation(judge(response, { request, purpose, scope: SCOPE }));
    return requester.request(request, {
      authenticator: company,
      bucket: companyId,
      purpose,
      subject: 'the token of the location',
      scope: SCOPE,
      accepts,
      ...(signal !== undefined && { signal }),
    });
  };

  return async (locationId) => {
    try {
      const response = await post(locationId);
      if (isAboutScope(response)) throw scopeProblem(response, locationId);
      if (response.status >= 400) throw mintProblem(response, locationId);
      const answer = parseTokenAnswer(response.body);
      if (answer !== undefined) return answer;
      const details = { status: response.status, internalMessage: lineFor(locationId, response) };
      throw authError('location_token_missing', { location: locationId }, details);
    } catch (thrown) {
      throw thrown instanceof ConnectorError && thrown.reach === 'stream' ? syncWide(thrown) : thrown;
    }
  };
};
