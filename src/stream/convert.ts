import { isJsonObject, type JsonValue } from '../foundation/json.ts';

/**
 * Brings a value of the API (never null) to a declared type.
 * @returns undefined when it cannot be brought to the type, null when it means "none"
 */
export type Convert = (raw: JsonValue) => JsonValue | undefined;

/** As the API writes most instants; days that some months lack, and hour 24, go the long way, which knows the calendar. */
const ISO_UTC_MS = /^(?!0000)\d{4}-\d\d-[012]\dT(?:[01]\d|2[0-3]):\d\d:\d\d\.\d{3}Z$/;
/** Without a zone, which JavaScript would take for the machine's. */
const ISO_WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;
/** The years that a date-time has room for in RFC 3339 and that destinations take. */
const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

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
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== 'string') return undefined;
  if (raw.trim() === '') return null;
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

/** Epoch milliseconds of a number, a text of digits, or any date text; a day counts as its midnight UTC. */
export const toEpochMs: Convert = (raw) => {
  if (raw === '') return null;
  if (typeof raw === 'number') return Number.isFinite(raw) ? Math.trunc(raw) : undefined;
  if (typeof raw !== 'string') return undefined;
  const text = raw.replace(ISO_WITHOUT_ZONE, '$1T$2Z');
  const epochMs = /^-?\d{5,}$/.test(raw) ? Number(raw) : Date.parse(text);
  return Number.isFinite(epochMs) ? epochMs : undefined;
};

/** RFC 3339 in UTC with milliseconds. */
export const toTimestamp: Convert = (raw) => {
  if (typeof raw === 'string' && ISO_UTC_MS.test(raw) && !Number.isNaN(Date.parse(raw))) return raw;
  const epochMs = toEpochMs(raw);
  if (typeof epochMs !== 'number') return epochMs;
  return epochMs < EARLIEST_MS || epochMs > LATEST_MS ? undefined : new Date(epochMs).toISOString();
};

/** The day in UTC, as `YYYY-MM-DD`. */
export const toDate: Convert = (raw) => {
  const timestamp = toTimestamp(raw);
  return typeof timestamp === 'string' ? timestamp.slice(0, 10) : timestamp;
};
