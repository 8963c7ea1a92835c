import type { JsonValue } from '../../src/foundation/json.ts';

/** A scalar as text; empty for anything that is not one. */
export const textOf = (value: JsonValue | undefined): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : '';
};
