import type { JsonValue } from '../../src/foundation/json.ts';

/** HighLevel writes times as milliseconds, as days and as RFC 3339, sometimes all three under one name. */
export const instantOf = (raw: JsonValue): Date => {
  if (typeof raw === 'number' || typeof raw === 'string') return new Date(raw);
  throw new TypeError(`HighLevel has a time of no known kind: ${JSON.stringify(raw)}`);
};
