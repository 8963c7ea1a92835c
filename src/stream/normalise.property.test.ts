import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { anyJson, anyJsonObject } from '../foundation/doubles/any-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { streams } from '../streams/index.ts';
import { schemaOf } from './airbyte-stream.ts';
import { ADDITIONAL_FIELDS, camelCase } from './columns.ts';
import { isCredentialKey } from './credential-keys.ts';
import type { StreamDefinition } from './definition.ts';
import type { RecordData } from '../protocol/messages.ts';
import { createNormaliser, type NormalisedRecord } from './normalise.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true });
addFormats.default(ajv);
ajv.addKeyword('airbyte_type');

const FIXED = { location_id: 'L1' };

/** The API's names for the columns of a stream. */
const apiNames = ({ columns }: StreamDefinition): readonly string[] =>
  Object.entries(columns).flatMap(([name, { from }]) => from ?? [camelCase(name)]);

/** Names that a schema declares at any depth: values under them have types to be brought to. */
const declaredNames = (schema: JsonValue): readonly string[] => {
  if (!isJsonObject(schema)) return [];
  const { properties, items = null } = schema;
  const own = isJsonObject(properties) ? Object.entries(properties) : [];
  return [
    ...own.flatMap(([name, inner]) => [name, camelCase(name), ...declaredNames(inner)]),
    ...declaredNames(items),
  ];
};

/** What a row never lacks: its id, and what the connector itself puts there. */
const requiredFields = ({ columns }: StreamDefinition): JsonObject =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, { schema, from = [camelCase(name)] }]) =>
      schema['type'] === 'string' ? from.slice(0, 1).map((key) => [key, 'x']) : [],
    ),
  );

const rowOf = (stream: StreamDefinition): fc.Arbitrary<JsonObject> => {
  const names = [...new Set([...apiNames(stream), ...declaredNames(schemaOf(stream))])];
  return anyJsonObject(names).map((row) => ({ ...row, ...requiredFields(stream) }));
};

const normalised = (
  stream: StreamDefinition,
  raw: JsonObject,
  selected?: ReadonlySet<string>,
): NormalisedRecord => createNormaliser({ ...stream, additionalFields: 'keep', selected })(raw, FIXED);

const prepared = (stream: StreamDefinition, raw: JsonObject): JsonObject => stream.prepare?.(raw) ?? raw;

const printed = (value: JsonValue | RecordData): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

/** Columns that have a value. */
const filled = ({ data }: NormalisedRecord): readonly string[] =>
  Object.keys(data).filter((column) => data[column] !== undefined);

/** As it has to be found again: without what never is emitted. */
const isEmitted = ({ ignoredKeys, columns }: StreamDefinition, key: string): boolean =>
  !ignoredKeys.includes(key) && !isCredentialKey(key) && columns[key] === undefined && key !== 'locationId';

/** Top-level fields of a row that are in no column and not in `additional_fields` either. */
const lost = (
  stream: StreamDefinition,
  raw: JsonObject,
  { data, changes }: NormalisedRecord,
): readonly string[] => {
  const rest = data[ADDITIONAL_FIELDS];
  const unfit = new Set(changes.map(({ field }) => field));
  const inColumns = Object.entries(stream.columns).flatMap(([name, { from = [camelCase(name)] }]) => {
    const source = from.find((key) => raw[key] !== undefined && raw[key] !== null);
    return source === undefined || unfit.has(name) || !Object.hasOwn(data, name) ? [] : [source];
  });
  return Object.keys(raw).filter(
    (key) =>
      isEmitted(stream, key) &&
      raw[key] !== null &&
      !inColumns.includes(key) &&
      !(isJsonObject(rest) && Object.hasOwn(rest, key)) &&
      !inColumns.some((source) => raw[source] === raw[key]),
  );
};

describe.each(streams.map((stream) => [stream.name, stream] as const))('a row of %s', (_, stream) => {
  const fits: ValidateFunction = ajv.compile(schemaOf(stream));

  test('becomes a record that fits the schema, whatever it holds, and nothing of it is dropped', () => {
    fc.assert(
      fc.property(rowOf(stream), (row) => {
        const raw = prepared(stream, row);
        const record = normalised(stream, raw);
        const data = printed(record.data);
        expect(fits(data) ? [] : fits.errors).toEqual([]);
        // What JSON cannot say would become null without a word.
        expect(Object.keys(isJsonObject(data) ? data : {})).toEqual(filled(record));
        expect(Object.keys(record.data).filter((column) => stream.columns[column] === undefined)).toEqual([]);
        expect(lost(stream, raw, record)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

const anyStream = fc.constantFrom(...streams);
const anyRow = anyStream.chain((stream) => fc.tuple(fc.constant(stream), rowOf(stream)));

test('a column that is empty though the row has a value for it is named, and its value kept', () => {
  fc.assert(
    fc.property(anyRow, ([stream, row]) => {
      const raw = prepared(stream, row);
      const { data, changes } = normalised(stream, raw);
      const rest = data[ADDITIONAL_FIELDS];
      for (const { field } of changes) {
        const { from = [camelCase(field)] } = stream.columns[field] ?? {};
        const key = from.find((name) => raw[name] !== undefined && raw[name] !== null) ?? '';
        expect(isCredentialKey(key) || (isJsonObject(rest) && Object.hasOwn(rest, key))).toBe(true);
      }
      expect(new Set(changes.map(({ field }) => field)).size).toBe(changes.length);
    }),
    { numRuns: 300 },
  );
});

test('no key of a record, at any depth, is one of a credential', () => {
  const secrets = ['password', 'clientSecret', 'Authorization', 'ssn', 'apiKey', 'accessToken'];
  const keysIn = (value: JsonValue): readonly string[] => {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
  };
  const row = anyStream.chain((stream) =>
    fc.tuple(fc.constant(stream), anyJsonObject([...secrets, ...apiNames(stream)])),
  );
  fc.assert(
    fc.property(row, ([stream, raw]) => {
      const { data } = normalised(stream, prepared(stream, { ...raw, id: 'r' }));
      expect(keysIn(printed(data)).filter(isCredentialKey)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('columns that were not selected do not come, and change nothing of the others', () => {
  const choice = anyRow.chain(([stream, row]) =>
    fc.tuple(fc.constant(stream), fc.constant(row), fc.subarray(Object.keys(stream.columns))),
  );
  fc.assert(
    fc.property(choice, ([stream, row, names]) => {
      const raw = prepared(stream, row);
      const selected = new Set([...names, ...stream.primaryKey]);
      const whole = normalised(stream, raw).data;
      const some = normalised(stream, raw, selected).data;
      expect(Object.keys(some).filter((name) => !selected.has(name))).toEqual([]);
      const { [ADDITIONAL_FIELDS]: _rest, ...columns } = some;
      expect(Object.entries(columns)).toEqual(Object.keys(columns).map((name) => [name, whole[name]]));
    }),
    { numRuns: 200 },
  );
});

test('any value can stand for a whole nested column', () => {
  fc.assert(
    fc.property(anyStream, anyJson(), (stream, value) => {
      const read = (): void => {
        for (const name of apiNames(stream)) normalised(stream, prepared(stream, { id: 'r', [name]: value }));
      };
      expect(read).not.toThrow();
    }),
    { numRuns: 60 },
  );
});
