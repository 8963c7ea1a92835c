import type { RateLimits } from './options.ts';

export interface Quota {
  readonly granted: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts requests per app and resource (a location or a company). */
export interface RateLimiter {
  /** Takes one request from the bucket, or tells that there is none left. */
  readonly take: (bucket: string) => Quota;
  /** Takes `count` requests from the bucket, as another client of it would. */
  readonly consume: (bucket: string, count: number) => void;
  /** What the headers say of a bucket nobody has used. */
  readonly unused: () => Quota;
}

interface Bucket {
  /** When the requests of the running interval were granted, oldest first. */
  readonly grantedAt: number[];
  day: number;
  usedToday: number;
}

const DAY_MS = 86_400_000;
/** What the headers claim when nothing is limited, so that a client that believes them does not slow down. */
const UNLIMITED: RateLimits = { max: 1_000_000, intervalMs: 10_000, daily: 1_000_000_000, retryAfter: false };
const MOST_REMEMBERED = 10_000;
const UNUSED: Bucket = { grantedAt: [], day: 0, usedToday: 0 };

/** No window of the interval's length ever holds more than the limit: stricter than counting in fixed intervals. */
export const createRateLimiter = (limitsOf: () => RateLimits | 'off', now: () => number): RateLimiter => {
  const buckets = new Map<string, Bucket>();
  const current = (name: string, intervalMs: number): Bucket => {
    const bucket = buckets.get(name) ?? { grantedAt: [], day: 0, usedToday: 0 };
    buckets.set(name, bucket);
    const day = Math.floor(now() / DAY_MS);
    if (bucket.day !== day) Object.assign(bucket, { day, usedToday: 0 });
    const firstKept = bucket.grantedAt.findIndex((at) => at > now() - intervalMs);
    bucket.grantedAt.splice(0, firstKept < 0 ? bucket.grantedAt.length : firstKept);
    return bucket;
  };
  const quota = (limits: RateLimits, bucket: Bucket, granted: boolean): Quota => {
    const oldest = bucket.grantedAt[0] ?? now();
    const retryAfterS = Math.ceil((oldest + limits.intervalMs - now()) / 1000);
    return {
      granted,
      headers: {
        'x-ratelimit-max': `${limits.max}`,
        'x-ratelimit-remaining': `${Math.max(0, limits.max - bucket.grantedAt.length)}`,
        'x-ratelimit-interval-milliseconds': `${limits.intervalMs}`,
        'x-ratelimit-limit-daily': `${limits.daily}`,
        'x-ratelimit-daily-remaining': `${Math.max(0, limits.daily - bucket.usedToday)}`,
        'x-ratelimit-daily-reset': `${DAY_MS - (now() % DAY_MS)}`,
        ...(granted || !limits.retryAfter ? {} : { 'retry-after': `${retryAfterS}` }),
      },
    };
  };
  const use = (bucket: Bucket, count: number): void => {
    // Beyond the limit nobody needs to know how far.
    for (let used = 0; used < Math.min(count, MOST_REMEMBERED); used += 1) bucket.grantedAt.push(now());
    bucket.usedToday += count;
  };
  return {
    take: (name) => {
      const limits = limitsOf();
      if (limits === 'off') return quota(UNLIMITED, UNUSED, true);
      const bucket = current(name, limits.intervalMs);
      const granted = bucket.grantedAt.length < limits.max && bucket.usedToday < limits.daily;
      if (granted) use(bucket, 1);
      return quota(limits, bucket, granted);
    },
    consume: (name, count) => {
      const limits = limitsOf();
      if (limits !== 'off') use(current(name, limits.intervalMs), count);
    },
    unused: () => {
      const limits = limitsOf();
      return quota(limits === 'off' ? UNLIMITED : limits, UNUSED, true);
    },
  };
};
