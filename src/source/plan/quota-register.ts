import { DOCUMENTED_LIMIT } from '../../http/rate-limiter.ts';
import { readRateLimitHeaders } from '../../http/rate-limit-headers.ts';

/** The quota of a location or of the agency, as its answers tell it; else as HighLevel documents it. */
export interface Quota {
  /** Requests an interval. */
  readonly burst: number;
  readonly intervalMs: number;
  readonly daily: number;
  /** Of today's; undefined where no answer has told. */
  readonly dailyLeft: number | undefined;
}

export interface QuotaRegister {
  readonly observe: (bucket: string, headers: Readonly<Record<string, string>>) => void;
  readonly of: (bucket: string) => Quota;
}

export const DOCUMENTED_QUOTA: Quota = {
  burst: DOCUMENTED_LIMIT.max,
  intervalMs: DOCUMENTED_LIMIT.intervalMs,
  daily: 200_000,
  dailyLeft: undefined,
};

export const createQuotaRegister = (): QuotaRegister => {
  const quotas = new Map<string, Quota>();
  return {
    observe: (bucket, headers) => {
      const { max, intervalMs, dailyLimit, dailyRemaining } = readRateLimitHeaders(headers);
      const known = quotas.get(bucket) ?? DOCUMENTED_QUOTA;
      quotas.set(bucket, {
        burst: max ?? known.burst,
        intervalMs: intervalMs ?? known.intervalMs,
        daily: dailyLimit ?? known.daily,
        dailyLeft: dailyRemaining ?? known.dailyLeft,
      });
    },
    of: (bucket) => quotas.get(bucket) ?? DOCUMENTED_QUOTA,
  };
};
