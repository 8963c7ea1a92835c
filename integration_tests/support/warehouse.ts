import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { HighLevel } from './highlevel.ts';

export type SearchStreamName = 'contacts' | 'opportunities';

const UPDATED = {
  contacts: { api: 'dateUpdated', column: 'date_updated' },
  opportunities: { api: 'updatedAt', column: 'updated_at' },
} as const;

/** What identifies a record everywhere. */
export const keyOf = (record: JsonObject): string =>
  `${textAt(record, 'location_id') ?? '?'}/${textAt(record, 'id') ?? ''}`;

const instantOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** A destination that deduplicates by key and keeps what came last. */
export const deduplicated = (records: readonly JsonObject[]): ReadonlyMap<string, JsonObject> =>
  new Map(records.map((record) => [keyOf(record), record]));

export const idsOf = (records: readonly JsonObject[]): readonly string[] =>
  records.map((record) => textAt(record, 'id') ?? '').sort();

/** Keys that came more than once. */
export const repeatsIn = (records: readonly JsonObject[]): readonly string[] => {
  const seen = new Set<string>();
  return records.map(keyOf).filter((key) => seen.size === seen.add(key).size);
};

const MOST_LISTED = 5;

const abridged = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_LISTED
    ? lines
    : [...lines.slice(0, MOST_LISTED), `and ${lines.length - MOST_LISTED} more`];

/** Rows of the world that the records lack, or have in an older version. Empty: nothing was lost. */
export const lossOf = (
  { simulator: { world } }: HighLevel,
  stream: SearchStreamName,
  records: readonly JsonObject[],
  locationIds: readonly string[] = world.locationIds(),
): readonly string[] => {
  const { api, column } = UPDATED[stream];
  const have = deduplicated(records);
  const losses = locationIds.flatMap((locationId) =>
    world[stream](locationId).flatMap((row) => {
      const key = `${locationId}/${textAt(row, 'id') ?? ''}`;
      const record = have.get(key);
      if (record === undefined) return [`${key} is missing (${JSON.stringify(timesOf(row))})`];
      const isNewest = instantOf(textAt(row, api)) === instantOf(textAt(record, column));
      return isNewest
        ? []
        : [
            `${key} is stale: ${textAt(record, column) ?? 'no time'} instead of ${textAt(row, api) ?? 'none'}`,
          ];
    }),
  );
  return abridged(losses);
};

const timesOf = ({ dateAdded, dateUpdated, createdAt, updatedAt }: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries({ dateAdded, dateUpdated, createdAt, updatedAt }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
