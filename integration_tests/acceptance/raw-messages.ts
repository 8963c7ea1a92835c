import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** Messages as they came, because what is to be judged may be wrong in any way. */
export type RawMessages = readonly JsonObject[];

export interface RawRecord {
  readonly stream: string;
  readonly data: JsonObject;
  readonly emittedAt: JsonValue | undefined;
}

/** A text as it is, and anything else as JSON. */
export const asText = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);

export const nameOf = (object: JsonObject): string => asText(object['name']);

/** The object under nested keys; an empty one if there is none. */
export const objectAt = (value: JsonValue | undefined, ...keys: readonly string[]): JsonObject => {
  const found = keys.reduce<JsonValue | undefined>(
    (inner, key) => (isJsonObject(inner) ? inner[key] : undefined),
    value,
  );
  return isJsonObject(found) ? found : {};
};

export const listAt = (object: JsonObject, key: string): readonly JsonValue[] => {
  const value = object[key];
  return isJsonArray(value) ? value : [];
};

export const objectsAt = (object: JsonObject, key: string): readonly JsonObject[] =>
  listAt(object, key).filter(isJsonObject);

/** @throws SyntaxError for a line that is not JSON */
export const rawMessages = (lines: readonly string[]): RawMessages =>
  lines.map((line): unknown => JSON.parse(line)).filter(isJsonObject);

export const ofType = (messages: RawMessages, type: string): RawMessages =>
  messages.filter((message) => message['type'] === type);

export const recordsIn = (messages: RawMessages): readonly RawRecord[] =>
  ofType(messages, 'RECORD').map((message) => {
    const record = objectAt(message, 'record');
    return {
      stream: asText(record['stream']),
      data: objectAt(record, 'data'),
      emittedAt: record['emitted_at'],
    };
  });

const nameOfState = (state: JsonObject): string => {
  const { name } = objectAt(state, 'stream', 'stream_descriptor');
  return typeof name === 'string' ? name : '';
};

/** The states of each stream; those without a stream are under the empty name. */
export const statesByStream = (messages: RawMessages): ReadonlyMap<string, RawMessages> => {
  const states = new Map<string, JsonObject[]>();
  for (const message of ofType(messages, 'STATE')) {
    const state = objectAt(message, 'state');
    const name = nameOfState(state);
    states.set(name, [...(states.get(name) ?? []), state]);
  }
  return states;
};

export const errorTraces = (messages: RawMessages): RawMessages =>
  ofType(messages, 'TRACE')
    .map((message) => objectAt(message, 'trace'))
    .filter(({ type }) => type === 'ERROR');
