import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import type { RawRecord } from './raw-messages.ts';
import type { IgnoredFields } from './suite-config.ts';

type KeyPaths = AirbyteStream['source_defined_primary_key'];

export const keyPathsOf = (streams: readonly AirbyteStream[]): ReadonlyMap<string, KeyPaths> =>
  new Map(streams.map(({ name, source_defined_primary_key: key }) => [name, key]));

const valueAt = (data: JsonObject, path: readonly string[]): JsonValue | undefined =>
  path.reduce<JsonValue | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), data);

/** The values of a record's primary key; undefined where it has none. */
export const keyValuesOf = (
  { stream, data }: RawRecord,
  paths: ReadonlyMap<string, KeyPaths>,
): readonly (JsonValue | undefined)[] => (paths.get(stream) ?? []).map((path) => valueAt(data, path));

/** What tells one record from another. */
export const identityOf = (record: RawRecord, paths: ReadonlyMap<string, KeyPaths>): string =>
  JSON.stringify([record.stream, ...keyValuesOf(record, paths).map((value) => value ?? null)]);

const without = (data: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject => {
  const { [key]: value, ...others } = data;
  return rest.length === 0 || !isJsonObject(value) ? others : { ...others, [key]: without(value, rest) };
};

const sorted = (value: JsonValue): JsonValue => {
  if (isJsonArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, sorted(child)]));
};

/** All of a record that may not differ between two reads, in one definite text. */
export const contentOf = ({ stream, data }: RawRecord, ignored: IgnoredFields = {}): string => {
  const fields = ignored[stream] ?? [];
  const kept = fields.reduce((rest, { name }) => without(rest, name.split('/')), data);
  return JSON.stringify([stream, sorted(kept)]);
};
