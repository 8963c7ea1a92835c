import { daysToMs } from './days.ts';
import type { WindowsRetrieval } from './definition.ts';
import type { LocationRead } from './location-read.ts';

/** Lists show a row some time after it was made; what is younger than this is the next sync's part. */
export const LAG_MS = 2 * 60_000;

/** Which times a stream that is read by windows covers. */
export interface WindowRange {
  /** Where the first window begins; epoch ms. Rows made before the start date may have changed since. */
  readonly beginning: number;
  /** What is read again at each sync. */
  readonly trailingMs: number;
  /** How far the last window reaches beyond now. */
  readonly aheadMs: number;
}

export const windowRange = (
  retrieval: WindowsRetrieval,
  { startDate, trailingDays }: Pick<LocationRead, 'startDate' | 'trailingDays'>,
): WindowRange => {
  const trailingMs = daysToMs(trailingDays ?? retrieval.trailingDays);
  return {
    beginning: startDate === undefined ? 0 : Math.max(0, startDate - trailingMs),
    trailingMs,
    aheadMs: daysToMs(retrieval.aheadDays ?? 0),
  };
};
