/** What an answer says about the quota of its bucket; a value that makes no sense is left out. */
export interface RateLimitHeaders {
  /** Requests an interval. */
  readonly max: number | undefined;
  readonly intervalMs: number | undefined;
  readonly remaining: number | undefined;
  readonly dailyLimit: number | undefined;
  readonly dailyRemaining: number | undefined;
  /** Milliseconds until the daily quota is whole again, not an instant. */
  readonly dailyResetMs: number | undefined;
}

const HOUR_MS = 3_600_000;

const countAt = (
  headers: Readonly<Record<string, string>>,
  name: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined => {
  const text = headers[name]?.trim() ?? '';
  const count = /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  return count !== undefined && count >= least && count <= most ? count : undefined;
};

/** The names and meanings are those of HighLevel's SDK and of live answers; Daily-Reset is in no official text. */
export const readRateLimitHeaders = (headers: Readonly<Record<string, string>>): RateLimitHeaders => {
  const any = { least: 0, most: Number.MAX_SAFE_INTEGER };
  return {
    max: countAt(headers, 'x-ratelimit-max', { ...any, least: 1 }),
    // An interval of more than an hour is a mistake that would stop us for as long.
    intervalMs: countAt(headers, 'x-ratelimit-interval-milliseconds', { least: 1, most: HOUR_MS }),
    remaining: countAt(headers, 'x-ratelimit-remaining', any),
    dailyLimit: countAt(headers, 'x-ratelimit-limit-daily', { ...any, least: 1 }),
    dailyRemaining: countAt(headers, 'x-ratelimit-daily-remaining', any),
    dailyResetMs: countAt(headers, 'x-ratelimit-daily-reset', { least: 0, most: 48 * HOUR_MS }),
  };
};
