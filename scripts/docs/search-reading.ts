import type { SearchRetrieval } from '../../src/stream/definition.ts';
import { code } from './markdown.ts';
import { KEEPS_DELETED, type Reading } from './reading.ts';

/** Of streams whose search filters and orders by change. */
export const searchReading = ({ updated, created, sharedTokens }: SearchRetrieval): Reading => ({
  how: [
    `Each incremental sync asks HighLevel for what changed, by ${code(updated.column)}, since the last one. HighLevel's search shows a change some seconds after it was made, so \`lookback_window_minutes\` (60 if empty) are read again.`,
    `The first sync of each location, and every full refresh, walks by ${code(created.column)}, which never changes; records that do not say when they were updated are read too. Either goes on where it was interrupted.`,
    '`start_date` leaves out records that were both made and last updated before it, in both sync modes.',
    ...(sharedTokens
      ? [
          'Several records can share the token that names the end of a page. The distinct records are therefore compared with what HighLevel counts, and read again in another way if some are missing; a warning in the log says if some stay missing.',
        ]
      : []),
  ],
  misses: [
    KEEPS_DELETED,
    `A change that HighLevel does not count as an update of the record, because it does not move ${code(updated.column)}: it is seen with the next change that does.`,
    'A change that the search shows later than the lookback reaches, until the record changes again.',
  ],
});
