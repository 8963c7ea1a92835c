import type { ConnectorError } from '../foundation/errors.ts';
import type { Failure } from './failure-traces.ts';
import { nothingRead } from './location-outcomes.ts';
import { isReport, type SelectedStream } from './select-streams.ts';
import type { StreamResult } from './stream-result.ts';
import type { SyncReport } from './sync-report.ts';
import type { Sync } from './sync.ts';

/** What all streams of a sync have come to. */
export interface Readings {
  readonly rows: number;
  /** In the order of the streams, however they ended. */
  readonly failures: readonly Failure[];
}

/** Collects how the streams of a sync end, which they do side by side. */
export interface StreamResults {
  readonly ended: (one: SelectedStream, result: StreamResult) => void;
  /** The stream could not even tell how it ended: nobody reads any more, or the process is told to stop. */
  readonly broke: (thrown: unknown) => void;
  /** The stream was not begun, because of what ended the sync. */
  readonly rejected: (one: SelectedStream) => void;
  /** What ended the sync for all streams. Others that were being read meanwhile ended by the first one's. */
  readonly fatal: () => ConnectorError | undefined;
  readonly isBroken: () => boolean;
  /** @throws what broke first */
  readonly readings: () => Readings;
}

export const collectResults = (
  { found }: Pick<Sync, 'found'>,
  selected: readonly SelectedStream[],
  report: SyncReport,
): StreamResults => {
  const failures: (readonly Failure[])[] = selected.map(() => []);
  const isReported = selected.some(isReport);
  const broken: { readonly thrown: unknown }[] = [];
  let rows = 0;
  let fatal: ConnectorError | undefined;
  return {
    ended: (one, result) => {
      rows += result.rows;
      if (isReported && !isReport(one)) report.add(one.configured, result.outcomes());
      const first = fatal === undefined ? result.fatal : undefined;
      fatal ??= first;
      const ending = first === undefined ? [] : [{ streamName: undefined, error: first }];
      failures[selected.indexOf(one)] = [...result.failures, ...ending];
    },
    broke: (thrown) => {
      broken.push({ thrown });
    },
    rejected: ({ configured }) => {
      if (isReported) report.add(configured, nothingRead(found.locationIds, 'not_read', fatal));
    },
    fatal: () => fatal,
    isBroken: () => broken.length > 0,
    readings: () => {
      for (const { thrown } of broken) throw thrown;
      return { rows, failures: failures.flat() };
    },
  };
};
