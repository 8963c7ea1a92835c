import type { ConnectorError } from '../foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { inputError } from './input-errors.ts';

/** A stream's state, or undefined: it was reset, or has nothing to remember. */
type Entry = readonly [name: string, state: JsonObject | undefined];

/** What a full refresh leaves behind when it has nothing to remember. */
const NO_STATE_KEY = '__ab_no_cursor_state_message';

const EXAMPLE =
  '[{"type":"STREAM","stream":{"stream_descriptor":{"name":"contacts"},"stream_state":{"states":[]}}}]';

const invalidState = (problem: string): ConnectorError =>
  inputError('state_invalid', { problem, example: EXAMPLE });

const toEntry = (name: string, state: JsonValue | undefined): Entry => {
  if (state === undefined || state === null) return [name, undefined];
  if (!isJsonObject(state)) throw invalidState(`the state of the stream ${name} is not an object`);
  const isEmpty = Object.keys(state).length === 0 || state[NO_STATE_KEY] === true;
  return [name, isEmpty ? undefined : state];
};

const streamEntry = (stream: JsonValue | undefined): Entry => {
  const descriptor = isJsonObject(stream) ? stream['stream_descriptor'] : undefined;
  const name = isJsonObject(descriptor) ? textAt(descriptor, 'name') : undefined;
  if (!isJsonObject(stream) || name === undefined) {
    throw invalidState('an element has no "stream_descriptor" with a "name"');
  }
  return toEntry(name, stream['stream_state']);
};

/** The form of before there were states by stream: `{"contacts": {…}}`. */
const legacyEntries = (data: JsonObject): readonly Entry[] =>
  Object.entries(data).map(([name, state]) => toEntry(name, state));

/** Dumps of models write `global_`, because `global` is a word of their language. */
const globalOf = (element: JsonObject): JsonValue | undefined => element['global'] ?? element['global_'];

/** A line as it was printed has the state in a message; what comes in further ones is not ours. */
const unwrapped = (element: JsonObject): JsonObject => {
  const wrapped = element['state'];
  return element['type'] === 'STATE' && isJsonObject(wrapped) ? wrapped : element;
};

const elementEntries = (json: unknown): readonly Entry[] => {
  if (!isJsonObject(json)) throw invalidState('an element of the list is not an object');
  const element = unwrapped(json);
  if (isJsonObject(element['stream'])) return [streamEntry(element['stream'])];
  const global = globalOf(element);
  if (isJsonObject(global) && isJsonArray(global['stream_states'])) {
    return global['stream_states'].map(streamEntry);
  }
  if (isJsonObject(element['data'])) return legacyEntries(element['data']);
  throw invalidState('an element has neither "stream" nor "data"');
};

/** Tells a message that stands alone from the legacy form, whose keys are streams. */
const isStateMessage = (json: JsonObject): boolean => typeof json['type'] === 'string';

const isList = (json: unknown): json is readonly unknown[] => Array.isArray(json);

const entriesOf = (json: unknown): readonly Entry[] => {
  if (json === undefined || json === null) return [];
  if (isList(json)) return json.flatMap(elementEntries);
  if (!isJsonObject(json)) throw invalidState('it is neither a list nor an object');
  return isStateMessage(json) ? elementEntries(json) : legacyEntries(json);
};

/**
 * The states a sync starts from, by stream; streams without one are left out. Every form that platforms, PyAirbyte and
 * people write is accepted, and what comes later for the same stream wins.
 * @param json what the state file holds; undefined if there is none
 * @throws ConnectorError (config_error)
 */
export const parseInputState = (json: unknown): ReadonlyMap<string, JsonObject> => {
  const states = new Map<string, JsonObject>();
  for (const [name, state] of entriesOf(json)) {
    if (state === undefined) states.delete(name);
    else states.set(name, state);
  }
  return states;
};
