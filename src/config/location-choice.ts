import type { Credentials } from './credentials.ts';
import { type Checked, checked } from './checked.ts';

interface LocationChoice {
  /** Without those left out; empty: every location. */
  readonly locationIds: readonly string[];
  readonly excludeLocationIds: readonly string[];
}

const choiceProblems = (
  wanted: readonly string[],
  excluded: ReadonlySet<string>,
  tokens: ReadonlyMap<string, string> | undefined,
): readonly string[] => {
  const remaining = wanted.filter((id) => !excluded.has(id));
  if (wanted.length > 0 && remaining.length === 0) {
    return ['exclude_location_ids leaves out every location of location_ids'];
  }
  if (tokens === undefined) return [];
  const withoutToken = remaining.filter((id) => !tokens.has(id));
  if (withoutToken.length > 0) {
    return [
      `location_ids has locations without a line in credentials.location_tokens: ${withoutToken.join(', ')}`,
    ];
  }
  return [...tokens.keys()].every((id) => excluded.has(id))
    ? ['exclude_location_ids leaves out every location of credentials.location_tokens']
    : [];
};

interface Wishes {
  readonly wanted: readonly string[];
  readonly excluded: readonly string[];
  readonly credentials: Credentials;
}

/** Settles which locations are read; one that is in both lists is left out. */
export const chooseLocations = ({ wanted, excluded, credentials }: Wishes): Checked<LocationChoice> => {
  const exclusions = new Set(excluded);
  const tokens = credentials.kind === 'private' ? credentials.tokens : undefined;
  const locationIds = [...new Set(wanted)].filter((id) => !exclusions.has(id));
  return checked(
    { locationIds, excludeLocationIds: [...exclusions] },
    choiceProblems(wanted, exclusions, tokens),
  );
};
