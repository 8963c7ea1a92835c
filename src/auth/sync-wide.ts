import { ConnectorError } from '../foundation/errors.ts';

/** The same failure, marked as one that no location and no stream can be read in spite of; anything else is left as it is. */
export const syncWide = (thrown: unknown): unknown => {
  if (!(thrown instanceof ConnectorError)) return thrown;
  const { failureType, message, internalMessage, access, status, cause } = thrown;
  return new ConnectorError({ failureType, message, internalMessage, access, status, cause, reach: 'sync' });
};
