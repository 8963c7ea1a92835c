import type { Authenticator } from '../http/authenticator.ts';
import { authError } from './auth-errors.ts';

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
              authError('sign_in_for_one_location', { location: ownLocationId }, { access: 'refused' }),
            ),
          renew: () => Promise.resolve(false),
        },
});
