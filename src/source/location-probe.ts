import { configError, ConnectorError } from '../foundation/errors.ts';
import type { HttpRequest } from '../http/client.ts';
import type { Requester } from '../http/requester.ts';
import type { Access } from './access.ts';

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

const agencyToken = (locationId: string): ConnectorError =>
  configError(
    `The token given for location ${locationId} belongs to the agency. An agency's private integration token cannot read the data of a location: create one inside the location (Settings → Private Integrations), or sign in with OAuth.`,
    { access: 'refused' },
  );

const isScopeProblem = (thrown: unknown): thrown is ConnectorError =>
  thrown instanceof ConnectorError && thrown.reach === 'stream';

/**
 * Asks a location for one row. That a scope is missing is no problem here: the token was accepted, and other streams may
 * be readable.
 * @throws ConnectorError when the location cannot be read at all
 */
export const createLocationProbe =
  (access: Access, requester: Requester, signal: AbortSignal) =>
  async (locationId: string): Promise<void> => {
    const context = {
      authenticator: access.authenticatorFor(locationId),
      bucket: locationId,
      purpose: `a look into location ${locationId}`,
      scope: 'contacts.readonly',
      signal,
    };
    try {
      await requester.request(oneContact(locationId), context);
    } catch (thrown) {
      if (!isScopeProblem(thrown)) throw thrown;
      if (access.hasScopesPerLocation && (await isAnswered(requester, context)))
        throw agencyToken(locationId);
    }
  };

const isAnswered = async (
  requester: Requester,
  context: Parameters<Requester['request']>[1],
): Promise<boolean> => {
  try {
    await requester.request(anyLocation, context);
    return true;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.failureType === 'config_error') return false;
    throw thrown;
  }
};
