import { refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { queryChoice, queryNumber } from '../parameters.ts';
import type { RouteContext } from '../server.ts';

const ISO_SHAPE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Rows of a page of a list that is not paged by number: as many as asked for, unless pages are being cut. */
export const pageSizeOf = (
  { call, server }: RouteContext,
  limits: { readonly fallback: number; readonly least?: number; readonly most: number },
): number => {
  const asked = queryNumber(call, 'limit', limits);
  const { least = 0 } = limits;
  if (asked < least) throw refusal(422, [`limit must not be less than ${least}`]);
  return Math.min(asked, server.knobs.silentPageSize ?? asked);
};

/** A time as digits, in milliseconds since the epoch. */
export const queryEpochMs = ({ query }: Call, name: string): number | undefined => {
  const text = query[name];
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text))
    throw refusal(422, [`${name} must be a number conforming to the specified constraints`]);
  return Number(text);
};

/** A time as digits or as ISO text, in milliseconds since the epoch. */
export const queryInstant = (call: Call, name: string): number | undefined => {
  const text = call.query[name];
  if (text?.includes('-') !== true) return queryEpochMs(call, name);
  const epochMs = ISO_SHAPE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(epochMs)) throw refusal(422, [`${name} must be a valid ISO 8601 date string`]);
  return epochMs;
};

export const queryFlag = (call: Call, name: string): boolean | undefined => {
  const text = queryChoice(call, name, ['true', 'false']);
  return text === undefined ? undefined : text === 'true';
};

/** Whether a value is among those that a parameter lists with commas; all are if there is no such parameter. */
export const isAmong = ({ query }: Call, name: string, value: string): boolean => {
  const text = query[name];
  return text === undefined || text.split(',').includes(value);
};

/** Neither bound belongs to the window. */
export const isBetween = (epochMs: number, after: number | undefined, before: number | undefined): boolean =>
  (after === undefined || epochMs > after) && (before === undefined || epochMs < before);
