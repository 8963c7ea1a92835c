import { ConnectorError, reworded } from '../foundation/errors.ts';

/** The same failure, marked as one that no location and no stream can be read in spite of; anything else is left as it is. */
export const syncWide = (thrown: unknown): unknown =>
  thrown instanceof ConnectorError ? reworded(thrown, { reach: 'sync' }) : thrown;
