import { isJsonObject } from '../../src/foundation/json.ts';

const withSortedKeys = (_key: string, value: unknown): unknown =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
    : value;

/** A JSON value as a text that equals another's exactly if the values are equal; texts stay as they are, and null too. */
export const cellText = (value: unknown): string | null => {
  if (value === null || typeof value === 'string') return value;
  return JSON.stringify(value, withSortedKeys);
};
