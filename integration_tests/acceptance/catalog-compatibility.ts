import type { JsonObject } from '../../src/foundation/json.ts';
import { commonParts, narrowedTypes, removedParts, type Versions, widenedTypes } from './compatibility.ts';
import { listAt, nameOf, objectAt } from './raw-messages.ts';
import { type Rule, rule, type Rules } from './rule.ts';

type Catalogs = Versions<readonly JsonObject[]>;

const TEST = ['test_backward_compatibility'];

const pairsOf = ({ before, now }: Catalogs): readonly Versions<JsonObject>[] =>
  before.flatMap((stream) => {
    const later = now.find((candidate) => nameOf(candidate) === nameOf(stream));
    return later === undefined ? [] : [{ before: stream, now: later }];
  });

const removedStreams = ({ before, now }: Catalogs): readonly string[] => {
  const names = new Set(now.map(nameOf));
  return before.map(nameOf).filter((name) => !names.has(name));
};

const ofSchemas =
  (find: (versions: Versions<JsonObject>) => readonly string[]): Rule<Catalogs>['problems'] =>
  (catalogs) =>
    pairsOf(catalogs).flatMap(({ before, now }) =>
      find({ before: objectAt(before, 'json_schema'), now: objectAt(now, 'json_schema') }).map(
        (path) => `${nameOf(before)}${path}`,
      ),
    );

const isChanged =
  (key: string): Rule<Catalogs>['problems'] =>
  (catalogs) =>
    pairsOf(catalogs)
      .filter(({ before, now }) => JSON.stringify(before[key]) !== JSON.stringify(now[key]))
      .map(({ before }) => nameOf(before));

/** Destinations choose a column's type by these, too. */
const otherFormats = (versions: Versions<JsonObject>): readonly string[] =>
  commonParts(versions)
    .filter(({ before, now }) => ['format', 'airbyte_type'].some((key) => before[key] !== now[key]))
    .map(({ path }) => path);

const lostModes = (catalogs: Catalogs): readonly string[] =>
  pairsOf(catalogs)
    .filter(({ before, now }) =>
      listAt(before, 'supported_sync_modes').some(
        (mode) => !listAt(now, 'supported_sync_modes').includes(mode),
      ),
    )
    .map(({ before }) => nameOf(before));

/** What Airbyte asserts of two versions of a catalog, and what would need a reset besides. */
export const catalogCompatibilityRules: Rules<Catalogs> = new Map([
  rule('no stream is gone', TEST, removedStreams),
  rule('no column is gone', TEST, ofSchemas(removedParts)),
  rule(
    'no column has another type',
    TEST,
    ofSchemas((versions) => [...new Set([...narrowedTypes(versions), ...widenedTypes(versions)])]),
  ),
  rule('no column has another format', [], ofSchemas(otherFormats)),
  rule('no stream has another cursor', TEST, isChanged('default_cursor_field')),
  rule('no stream has another primary key', [], isChanged('source_defined_primary_key')),
  rule('no stream has lost a sync mode', [], lostModes),
]);
