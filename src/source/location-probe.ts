import { ConnectorError } from '../foundation/errors.ts';
import type { HttpRequest } from '../http/client.ts';
import type { Requester } from '../http/requester.ts';
import type { Access } from './access.ts';
import { sourceError } from './source-errors.ts';

const VERSION = { version: '2021-07-28' };

const oneContact = (locationId: string): HttpRequest => ({
  method: 'POST',
  path: '/contacts/search',
  headers: VERSION,
  body: { kind: 'json', value: { locationId, pageLimit: 1, filters: [] } },
});

/** Only an agency's token may list the agency's locations. */
const anyLocation: HttpRequest = {
  method: 'GET',
  path: '/locations/search',
  headers: VERSION,
  query: { limit: 1 },
};

const agencyToken = (): ConnectorError => sourceError('agency_private_token', {}, { access: 'refused' });

const isScopeProblem = (thrown: unknown): thrown is ConnectorError =>
  thrown instanceof ConnectorError && thrown.reach === 'stream';

/** Tells whether a private token that lacks a scope lacks it because it is the agency's; undefined if it is not. */
export type AgencyTokenTest = (locationId: string) => Promise<ConnectorError | undefined>;

/** Asks once for each location, and only where tokens were pasted: an OAuth sign-in mints the right ones. */
export const createAgencyTokenTest = (
  access: Access,
  requester: Requester,
  signal: AbortSignal,
): AgencyTokenTest => {
  const answers = new Map<string, Promise<ConnectorError | undefined>>();
  const ask = async (locationId: string): Promise<ConnectorError | undefined> => {
    try {
      await requester.request(anyLocation, {
        authenticator: access.authenticatorFor(locationId),
        bucket: locationId,
        purpose: `the kind of the token of location ${locationId}`,
        subject: 'the kind of the token',
        signal,
      });
      return agencyToken();
    } catch (thrown) {
      if (signal.aborted || !(thrown instanceof ConnectorError)) throw thrown;
      return undefined;
    }
  };
  return (locationId) => {
    if (!access.hasScopesPerLocation) return Promise.resolve(undefined);
    const answer = answers.get(locationId) ?? ask(locationId);
    answers.set(locationId, answer);
    return answer;
  };
};

/**
 * Asks a location for one row. That a scope is missing is no problem here: the token was accepted, and other streams may
 * be readable.
 * @throws ConnectorError when the location cannot be read at all
 */
export const createLocationProbe = (
  access: Access,
  requester: Requester,
  signal: AbortSignal,
): ((locationId: string) => Promise<void>) => {
  const agencyTokenProblem = createAgencyTokenTest(access, requester, signal);
  return async (locationId) => {
    try {
      await requester.request(oneContact(locationId), {
        authenticator: access.authenticatorFor(locationId),
        bucket: locationId,
        purpose: `a look into location ${locationId}`,
        subject: 'contacts',
        scope: 'contacts.readonly',
        signal,
      });
    } catch (thrown) {
      if (!isScopeProblem(thrown)) throw thrown;
      const problem = await agencyTokenProblem(locationId);
      if (problem !== undefined) throw problem;
    }
  };
};
