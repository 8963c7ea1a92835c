import { streamError } from './stream-errors.ts';
import { parseIso, toIso } from '../foundation/instant.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';

/** For a state of no shape that this connector ever wrote. */
export const unreadableState = (): Error => streamError('location_state_foreign', {});

/** The location's part of a state. @throws ConnectorError (config_error) when it is no object */
export const stateObject = (state: JsonValue): JsonObject => {
  if (!isJsonObject(state)) throw unreadableState();
  return state;
};

/** `{ [key]: "2025-…Z" }`, or nothing for an instant that is not known. */
export const isoEntry = (key: string, epochMs: number | undefined): JsonObject =>
  epochMs === undefined ? {} : { [key]: toIso(epochMs) };

/** As states write them; JavaScript takes a mere number for a year, and knows years that no instant of ours is in. */
const WRITTEN = /^\d{4}-\d\d-\d\d/;

/** @returns epoch ms, or undefined without the key. @throws ConnectorError (config_error) when it is no date-time */
export const instantIn = (object: JsonObject, key: string): number | undefined => {
  const value = object[key];
  if (value === undefined || value === null) return undefined;
  const epochMs = typeof value === 'string' && WRITTEN.test(value) ? parseIso(value) : undefined;
  if (epochMs === undefined) throw unreadableState();
  return epochMs;
};

/** @throws ConnectorError (config_error) for an instant that has to be there and is not */
export const requiredInstant = (object: JsonObject, key: string): number => {
  const epochMs = instantIn(object, key);
  if (epochMs === undefined) throw unreadableState();
  return epochMs;
};

/** Whether `a` reaches further back than `b`; undefined reaches back to the beginning. */
export const reachesFurtherBack = (a: number | undefined, b: number | undefined): boolean =>
  b !== undefined && (a === undefined || a < b);
