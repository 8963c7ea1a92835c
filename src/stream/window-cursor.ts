import { toIso } from '../foundation/instant.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { instantIn, isoEntry, requiredInstant, stateObject } from './cursor-json.ts';
import type { WindowsRetrieval } from './definition.ts';

/** A reading of windows on its way. Epoch ms. */
export interface WindowPass {
  /** The windows before this have been read. */
  readonly next: number;
  /** Where it ends. */
  readonly until: number;
  /** The server's time when it began: rows that change later belong to the next one. */
  readonly began: number;
  /** True if rows of the windows before may be missing. */
  readonly hasGap: boolean;
}

/** How far a location of a stream that is read by windows has been read. Epoch ms. */
export interface WindowCursor {
  /** Rows changed before this have been emitted, as far as the trailing window tells; undefined before the first pass has ended. */
  readonly changed: number | undefined;
  readonly startDate: number | undefined;
  /** The pass over everything (the first time) or over the trailing window that is on its way. */
  readonly pass: WindowPass | undefined;
  /** When the last pass over everything began. */
  readonly deepBegan: number | undefined;
  /** True if that pass may have missed rows: the next one then takes none of them for old. */
  readonly hasGap: boolean;
  /** The pass over everything, after the first one, that is on its way. */
  readonly deep: WindowPass | undefined;
}

/** The column that names the cursor: when rows changed, if they say so. */
export const windowColumn = ({ changed, by }: Pick<WindowsRetrieval, 'changed' | 'by'>): string =>
  (changed ?? by).column;

export const passJson = ({ next, until, began, hasGap }: WindowPass): JsonObject => ({
  next: toIso(next),
  until: toIso(until),
  began: toIso(began),
  ...(hasGap && { gap: true }),
});

/** @throws ConnectorError (config_error) for a pass that is not ours */
export const parsePass = (json: JsonValue | undefined): WindowPass | undefined =>
  isJsonObject(json)
    ? {
        next: requiredInstant(json, 'next'),
        until: requiredInstant(json, 'until'),
        began: requiredInstant(json, 'began'),
        hasGap: json['gap'] === true,
      }
    : undefined;

/** The cursor as the state carries it. */
export const windowCursorJson = (
  { changed, startDate, pass, deepBegan, hasGap, deep }: WindowCursor,
  column: string,
): JsonObject => ({
  ...isoEntry(column, changed),
  ...(pass !== undefined && { reading: passJson(pass) }),
  ...isoEntry('deep_pass', deepBegan),
  ...(hasGap && { gap: true }),
  ...(deep !== undefined && { deep_reading: passJson(deep) }),
  ...isoEntry('start_date', startDate),
});

/**
 * @returns undefined when the state says nothing: the location then starts anew
 * @throws ConnectorError (config_error) when it is not ours
 */
export const parseWindowCursor = (json: JsonValue, column: string): WindowCursor | undefined => {
  const state = stateObject(json);
  const changed = instantIn(state, column);
  const pass = parsePass(state['reading']);
  if (changed === undefined && pass === undefined) return undefined;
  return {
    changed,
    startDate: instantIn(state, 'start_date'),
    pass,
    deepBegan: instantIn(state, 'deep_pass'),
    hasGap: state['gap'] === true,
    deep: parsePass(state['deep_reading']),
  };
};
