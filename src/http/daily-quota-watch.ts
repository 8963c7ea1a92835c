import type { Log } from '../foundation/log.ts';
import { count } from '../foundation/words.ts';
import type { RateLimitHeaders } from './rate-limit-headers.ts';

/** Warns once of each bucket whose quota of the day comes to its end, while there is time to do something about it. */
export type DailyQuotaWatch = (bucket: string, told: RateLimitHeaders) => void;

const LOW_SHARE = 0.1;

/** @param share our part of the quotas, above 0 and at most 1 */
export const createDailyQuotaWatch = (share: number, log: Log): DailyQuotaWatch => {
  const warned = new Set<string>();
  return (bucket, { dailyLimit, dailyRemaining }) => {
    if (warned.has(bucket)) return;
    if (dailyLimit === undefined || dailyRemaining === undefined) return;
    const ours = Math.floor(share * dailyLimit);
    const reserved = dailyLimit - ours;
    if (dailyRemaining - reserved >= LOW_SHARE * ours) return;
    warned.add(bucket);
    const others = reserved === 0 ? '' : `, ${count(reserved)} of them for other tools (max_quota_share)`;
    log.warn(
      `The daily request quota of ${bucket} comes to its end: ${count(dailyRemaining)} of ${count(dailyLimit)} requests are left${others}.`,
    );
  };
};
