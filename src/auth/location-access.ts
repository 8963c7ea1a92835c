import { configError } from '../foundation/errors.ts';
import type { Authenticator } from '../http/authenticator.ts';

/** Whose token a request to a location carries. */
export interface LocationAccess {
  /** Always the same one for a location; asks for nothing yet. */
  readonly authenticatorFor: (locationId: string) => Authenticator;
}

/** For an OAuth sign-in to one location, whose token serves that location and no other. */
export const createSingleLocationAccess = (own: Authenticator, ownLocationId: string): LocationAccess => ({
  authenticatorFor: (locationId) =>
    locationId === ownLocationId
      ? own
      : {
          token: () =>
            Promise.reject(
              configError(
                `The sign-in is for location ${ownLocationId} only. Sign in for the agency, or take the others out of ` +
                  'location_ids.',
                { reach: 'partition', access: 'refused' },
              ),
            ),
          renew: () => Promise.resolve(false),
        },
});
