import type { AccessProblem, ConnectorError } from '../foundation/errors.ts';

/** What became of a location in this sync, as `locations.access_status` shows it. */
export type AccessStatus = 'ok' | AccessProblem | 'failed';

interface LocationStatus {
  readonly status: AccessStatus;
  readonly error: ConnectorError | undefined;
}

/** What the sync has learnt so far of each of its locations. */
export interface LocationRegister {
  readonly succeeded: (locationId: string) => void;
  readonly failed: (locationId: string, error: ConnectorError) => void;
  /** Undefined before the location was tried. */
  readonly statusOf: (locationId: string) => LocationStatus | undefined;
  /** Locations that cannot be read at all. */
  readonly inaccessible: () => readonly string[];
}

const isInaccessible = (status: LocationStatus | undefined): boolean => status?.error?.access !== undefined;

export const createLocationRegister = (): LocationRegister => {
  const statuses = new Map<string, LocationStatus>();
  return {
    succeeded: (locationId) => {
      if (!statuses.has(locationId)) statuses.set(locationId, { status: 'ok', error: undefined });
    },
    failed: (locationId, error) => {
      // That a location cannot be read at all says more than that one stream failed.
      if (isInaccessible(statuses.get(locationId))) return;
      statuses.set(locationId, { status: error.access ?? 'failed', error });
    },
    statusOf: (locationId) => statuses.get(locationId),
    inaccessible: () =>
      [...statuses].filter(([, status]) => isInaccessible(status)).map(([locationId]) => locationId),
  };
};
