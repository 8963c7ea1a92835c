import type { RowTime } from '../../src/stream/definition.ts';
import { code } from './markdown.ts';
import { KEEPS_DELETED, OLD_NEWS, type Reading } from './reading.ts';

/** Of what is read whole at each sync, and says when it changed. */
export const changedReading = ({ column }: RowTime, isPaged: boolean): Reading => ({
  how: [
    `HighLevel cannot be asked for what changed, so each sync reads all of it. An incremental sync emits the rows whose ${code(column)} is not older than the newest one that was met before, less \`lookback_window_minutes\`; rows without that time come each time.`,
    ...(isPaged
      ? [
          'If HighLevel gives fewer rows than it counts, the checkpoint stays where it was, so that the others are not taken for old when they come.',
        ]
      : []),
    '`start_date` leaves out what was last changed before it, in both sync modes.',
  ],
  misses: [
    KEEPS_DELETED,
    OLD_NEWS(column),
    `A change that does not move ${code(column)}, until one does that moves it.`,
  ],
});

/** Of what is read whole at each sync, and does not say when it changed. */
export const WHOLE_READING: Reading = {
  how: [
    'HighLevel has no way to ask for what changed, and not every row says when it did: each sync reads and emits all of it. `start_date` has no effect on it.',
  ],
  misses: [
    'Nothing that HighLevel lists. With Full refresh | Overwrite, what was deleted is gone after the next sync.',
  ],
};

/** Of the locations of the sync themselves. */
export const DIRECTORY_READING: Reading = {
  how: [
    'It is read last, when it is known how every location fared in this sync.',
    'A location that could not be read has a row too: `access_status` is then not `ok`, and `access_error` says why. Columns of its profile may be empty.',
    'Without the scope, the rows come without their profiles.',
  ],
  misses: [
    'Locations in which the app is not installed are not part of the sync and have no row, unless an earlier sync read them.',
  ],
};

/** Of what the sync did itself. */
export const REPORT_READING: Reading = {
  how: [
    'It asks nothing of HighLevel: its rows come last, when everything else has been read, and tell of the other streams of the same sync.',
    'It is complete also when other streams are not: that is what its rows tell. A sync that cannot sign in, or finds no location, ends before it has anything to report.',
  ],
  misses: [
    'A sync that was killed, or whose reader went away, leaves no report. Each attempt of a sync reports for itself.',
  ],
};

/** Of the ids of another stream. */
export const snapshotReading = (of: string): Reading => ({
  how: [
    `Each sync reads all that ${code(of)} has, whatever \`start_date\` says, and keeps no more of it than the columns below. Sync it as Full refresh | Overwrite.`,
    '[How to find what was deleted](deletions.md) has the SQL.',
  ],
  misses: ['What is made while it is read; that is the next sync’s part.'],
});
