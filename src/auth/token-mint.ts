import { type AccessProblem, configError, ConnectorError, systemError } from '../foundation/errors.ts';
import { answerLine } from '../http/answer-line.ts';
import { answerText } from '../http/answer-text.ts';
import type { Authenticator } from '../http/authenticator.ts';
import type { HttpRequest, HttpResponse } from '../http/client.ts';
import { quoted } from '../http/quoted.ts';
import type { Requester } from '../http/requester.ts';
import { judge, type Verdict } from '../http/response-policy.ts';
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

const LEAVE_OUT = 'or add it to the sub-accounts to leave out (exclude_location_ids)';
/** Without the location, which whoever reads several of them puts before it. */
const MESSAGES: Readonly<Record<AccessProblem, string>> = {
  inactive: `The location is not active (suspended or unpaid). Reactivate it in HighLevel, ${LEAVE_OUT}.`,
  not_installed: `The app is not installed in the location. Install it there, ${LEAVE_OUT}.`,
  refused: `HighLevel gives no access to the location. Check its ID, and that it belongs to the agency and has the app installed, ${LEAVE_OUT}.`,
};

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
  return configError(
    `The sign-in may not open the agency's locations ("${text}"). It takes an agency's OAuth sign-in whose app has the ` +
      `scope ${SCOPE}: add the scope to the app, then connect again from the agency's view.`,
    { reach: 'sync', status, internalMessage: `${lineFor(locationId, response)}, ${text}` },
  );
};

const mintProblem = (response: HttpResponse, locationId: string): ConnectorError => {
  const { status, body } = response;
  const text = quoted(answerText(body));
  const access = problemOf(status, text);
  return configError(MESSAGES[access], {
    reach: 'partition',
    access,
    status,
    internalMessage: `${lineFor(locationId, response)}, ${text}`,
  });
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
      throw systemError(`HighLevel answered without a token for location ${locationId}.`, {
        status: response.status,
        internalMessage: lineFor(locationId, response),
      });
    } catch (thrown) {
      throw thrown instanceof ConnectorError && thrown.reach === 'stream' ? syncWide(thrown) : thrown;
    }
  };
};
