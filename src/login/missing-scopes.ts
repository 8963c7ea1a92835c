import type { StreamDefinition } from '../stream/definition.ts';
import { scopesOf } from '../stream/parents.ts';

const AGENCY_SCOPES = ['oauth.readonly', 'oauth.write'];

/** For each scope that was asked for and not given: what does not work without it. */
export const missingScopes = (
  asked: readonly string[],
  granted: readonly string[] | undefined,
  streams: readonly StreamDefinition[],
): readonly string[] => {
  if (granted === undefined) return [];
  return asked
    .filter((scope) => !granted.includes(scope))
    .map((scope) => {
      const names = streams.filter((stream) => scopesOf(stream).includes(scope)).map(({ name }) => name);
      const what = AGENCY_SCOPES.includes(scope) ? ['the sub-accounts of an agency'] : names;
      return what.length === 0 ? scope : `${scope} (${what.join(', ')})`;
    });
};
