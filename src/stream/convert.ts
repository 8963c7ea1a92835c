import { isJsonObject, type JsonValue } from '../foundation/json.ts';

/**
 * Brings a value of the API (never null) to a declared type.
 * @returns undefined when it cannot be brought to the type, null when it means "none"
 */
export type Convert = (raw: JsonValue) => JsonValue | undefined;

/** As the API writes most instants; days that some months lack go the long way, which knows the calendar. */
const ISO_UTC_MS =
  /^(?!0000)\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
/** Without a zone, which JavaScript would take for the machine's. */
const ISO_WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;
/** The years that a date-time has room for in RFC 3339 and that destinations take. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');
/** The last instant, before and after 1970, that a Date can hold. */
const FURTHEST_MS = 8.64e15;

const isEmptyObject = (raw: JsonValue): boolean => isJsonObject(raw) && Object.keys(raw).length === 0;

/** Numbers and booleans become their text; lists and objects do not fit. */
export const toText: Convert = (raw) => {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
};

/** Anything becomes a text: a text stays what it is, the rest becomes JSON. */
export const toTextOrJson: Convert = (raw) => (typeof raw === 'string' ? raw : JSON.stringify(raw));

export const toJsonText: Convert = (raw) => JSON.stringify(raw);

/** Texts of numbers count; an empty text is none. */
export const toNumber: Convert = (raw) => {
  if (typeof raw !== 'string' && typeof raw !== 'number') return undefined;
  if (typeof raw === 'string' && raw.trim() === '') return null;
  // Numbers too: JSON's `1e999` is infinity, which would be printed as null.
  const parsed = Number(raw);
  return Number.isFinite(parsed) ? parsed : undefined;
};

export const toInteger: Convert = (raw) => {
  const parsed = toNumber(raw);
  return parsed === null || Number.isInteger(parsed) ? parsed : undefined;
};

/** HighLevel writes `{}` where a boolean is not set. */
export const toBoolean: Convert = (raw) => {
  if (typeof raw === 'boolean') return raw;
  if (raw === 'true') return true;
  if (raw === 'false') return false;
  return raw === '' || isEmptyObject(raw) ? null : undefined;
};

const textToEpochMs = (text: string): number =>
  /^-?\d{5,}$/.test(text) ? Number(text) : Date.parse(text.replace(ISO_WITHOUT_ZONE, '$1T$2Z'));

/** Epoch milliseconds of a number, a text of digits, or any date text; a day counts as its midnight UTC. */
export const toEpochMs: Convert = (raw) => {
  if (raw === '') return null;
  const epochMs = typeof raw === 'string' ? textToEpochMs(raw) : raw;
  // NaN is not within either.
  return typeof epochMs === 'number' && Math.abs(epochMs) <= FURTHEST_MS ? Math.trunc(epochMs) : undefined;
};

/** RFC 3339 in UTC with milliseconds. */
export const toTimestamp: Convert = (raw) => {
  if (typeof raw === 'string' && ISO_UTC_MS.test(raw)) return raw;
  const epochMs = toEpochMs(raw);
  if (typeof epochMs !== 'number') return epochMs;
  return epochMs < EARLIEST_MS || epochMs > LATEST_MS ? undefined : new Date(epochMs).toISOString();
};

/** The day in UTC, as `YYYY-MM-DD`. */
export const toDate: Convert = (raw) => {
  const timestamp = toTimestamp(raw);
  return typeof timestamp === 'string' ? timestamp.slice(0, 10) : timestamp;
};
