/** An instant as the API and our states write it: RFC 3339, UTC, milliseconds. Its text order is its time order. */
export const toIso = (epochMs: number): string => new Date(epochMs).toISOString();

/** @returns epoch milliseconds, or undefined if `value` is no date-time */
export const parseIso = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return undefined;
  const epochMs = Date.parse(value);
  return Number.isNaN(epochMs) ? undefined : epochMs;
};
