import { parseHttpDate } from './http-date.ts';

const BASE_MS = 500;
const CEILING_MS = 60_000;

const SECONDS = /^\d+(\.\d+)?$/;

/**
 * Reads a Retry-After header: seconds or an HTTP date (RFC 9110 §10.2.3).
 * @param nowMs the sender's clock, epoch milliseconds
 * @returns milliseconds from `nowMs`, at least 0; undefined if the header is absent or unreadable
 */
export const parseRetryAfterMs = (value: string | undefined, nowMs: number): number | undefined => {
  const text = value?.trim() ?? '';
  if (SECONDS.test(text)) return Number(text) * 1000;
  const dateMs = parseHttpDate(text);
  return dateMs === undefined ? undefined : Math.max(0, dateMs - nowMs);
};

/**
 * Delay before retry number `retry` (1 is the first): exponential with full jitter, at most a minute.
 * @returns milliseconds
 */
export const backoffMs = (retry: number, random: () => number): number =>
  random() * Math.min(CEILING_MS, BASE_MS * 2 ** (retry - 1));
