import { count, counted, inWords } from '../foundation/words.ts';
import type { Costs } from '../http/meter.ts';

/** Ids that lists have given, and rows that HighLevel says they have; of those lists whose answers say so. */
export interface Counts {
  readonly ids: number;
  readonly expected: number;
}

export interface StreamFigures {
  readonly rows: number;
  readonly counts: Counts;
  readonly locations: { readonly total: number; readonly failed: number; readonly skipped: number };
  /** True if something ended the stream before all of its locations were read or failed by themselves. */
  readonly isCutShort: boolean;
  readonly durationMs: number;
  readonly costs: Costs;
  /** The latest value of the cursor's column among the rows. */
  readonly newest: string | undefined;
}

export interface SyncFigures {
  readonly streams: number;
  readonly rows: number;
  readonly durationMs: number;
  readonly costs: Costs;
}

const costWords = ({ requests, retries, quotaMs, backoffMs }: Costs): readonly string[] => [
  counted(requests, 'request'),
  counted(retries, 'retry', 'retries'),
  ...(quotaMs === 0 ? [] : [`${inWords(quotaMs)} waiting for quota`]),
  ...(backoffMs === 0 ? [] : [`${inWords(backoffMs)} waiting after failures`]),
];

const locationWords = ({ total, failed, skipped }: StreamFigures['locations']): string => {
  const exceptions = [
    ...(failed === 0 ? [] : [`${count(failed)} failed`]),
    ...(skipped === 0 ? [] : [`${count(skipped)} skipped`]),
  ];
  return `${counted(total, 'location')}${exceptions.length === 0 ? '' : ` (${exceptions.join(', ')})`}`;
};

/** The last log line of a stream: what came of it and what it took. Its words are stable, for whoever looks for them. */
export const streamSummary = (name: string, figures: StreamFigures): string => {
  const { rows, counts, locations, isCutShort, durationMs, costs, newest } = figures;
  const ids =
    counts.expected === 0
      ? ''
      : ` (${count(counts.ids)} ids of ${count(counts.expected)} that HighLevel counts)`;
  return [
    `${name}: ${counted(rows, 'row')}${ids} of ${locationWords(locations)} in ${inWords(durationMs)}`,
    [...costWords(costs), ...(newest === undefined ? [] : [`newest ${newest}`])].join(', '),
    ...(isCutShort ? ['ended early'] : []),
  ].join('; ');
};

/** The last log line of a sync. */
export const syncSummary = ({ streams, rows, durationMs, costs }: SyncFigures): string =>
  `Sync: ${counted(rows, 'row')} of ${counted(streams, 'stream')} in ${inWords(durationMs)}; ${costWords(costs).join(', ')}`;
