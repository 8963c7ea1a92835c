import type { OAuthTokens } from '../../auth/oauth-tokens.ts';
import type { TokenStore } from '../../auth/token-store.ts';
import { configError } from '../../foundation/errors.ts';
import type { SessionDependencies } from '../session.ts';

const nobodyKeeps = (): Error =>
  configError(
    'The access token has expired, and a plan renews it only where the new tokens are kept: the old refresh token would be spent, and nobody reads the output of a plan for its successor. Let a sync or a check renew it first and plan with the configuration that it leaves, or name the file that your syncs keep their tokens in (--token-file).',
    { reach: 'sync' },
  );

/** Refuses before HighLevel is asked for new tokens. */
const refusing: TokenStore = {
  newest: () => Promise.resolve(undefined),
  prepare: () => Promise.reject(nobodyKeeps()),
  keep: (renewed) => Promise.resolve(renewed),
};

/**
 * How tokens are kept by a command whose output no platform reads: in the token file, and without one they are not
 * renewed at all. If the file fails after all, the new tokens are told to the output, table or not.
 */
export const planTokens = (
  store: TokenStore | undefined,
  tell: (tokens: OAuthTokens) => Promise<void>,
): Pick<SessionDependencies, 'store' | 'onRotated'> => {
  if (store === undefined) return { store: refusing, onRotated: tell };
  const keep = async (renewed: OAuthTokens): Promise<OAuthTokens> => {
    try {
      return await store.keep(renewed);
    } catch (thrown) {
      await tell(renewed);
      throw thrown;
    }
  };
  return { store: { ...store, keep }, onRotated: () => Promise.resolve() };
};
