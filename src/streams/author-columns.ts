import { type Column, object, text, timestamp } from '../stream/columns.ts';

/** Who made or changed a row, by which way, and when. */
export const author = (): Column =>
  object({ source: text(), channel: text(), source_id: text(), created_at: timestamp() });
