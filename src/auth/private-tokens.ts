import { authError } from './auth-errors.ts';
import type { LocationAccess } from './location-access.ts';

/**
 * Private integration tokens, one a location. They never change by themselves, so there is nothing to renew.
 * @param tokens by location id
 */
export const createPrivateTokens = (tokens: ReadonlyMap<string, string>): LocationAccess => ({
  authenticatorFor: (locationId) => ({
    token: () => {
      const token = tokens.get(locationId);
      if (token !== undefined) return Promise.resolve(token);
      return Promise.reject(authError('private_token_missing', {}, { access: 'refused' }));
    },
    renew: () => Promise.resolve(false),
  }),
});
