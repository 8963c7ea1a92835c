import type { NewestFirstRetrieval } from '../../src/stream/definition.ts';
import { code } from './markdown.ts';
import { KEEPS_DELETED, type Reading } from './reading.ts';

/** Of streams that come newest first and say nothing of changes. */
export const newestFirstReading = ({ descent: { key }, fullPassDays }: NewestFirstRetrieval): Reading => ({
  how: [
    `Each sync reads by ${code(key.column)}, the newest first, down to the newest row that the last sync met, less \`lookback_window_minutes\`.`,
    `The first sync reads everything, and so does one sync in ${fullPassDays} days; either goes on after its last page if it is interrupted.`,
    `\`start_date\` leaves out what was made before it.`,
  ],
  misses: [
    KEEPS_DELETED,
    `For up to ${fullPassDays} days: a change of a row that is not new.`,
    `Rows without ${code(key.column)}.`,
  ],
});
