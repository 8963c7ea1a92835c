import { integer, map, named, number, required, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';

/** What this sync did, for the warehouse: nothing of it comes from the API. */
export const syncReport = defineStream({
  name: 'sync_report',
  description:
    'One row for each stream and location of this sync: whether it was read, what it cost, how fresh it is, and, if it failed, why and what to do.',
  primaryKey: ['location_id', 'stream_name', 'sync_started_at'],
  retrieval: { kind: 'report' },
  keepsRest: false,
  notes: [
    'With Full refresh | Append, or any mode that keeps earlier rows, it becomes a history of syncs; with Overwrite it tells of the last one.',
    '`status` is `complete`; `skipped` (left out knowingly: `inaccessible_locations`); `failed`; `cut_short` (the time of `max_sync_minutes` was over; the next sync goes on); or `not_read` (something ended the stream before the location was reached).',
    '`error_code` is what [errors.md](errors.md) lists the error by.',
    '`requests` are those that count towards the location’s quota; minting its token and listing the agency’s locations are not among them. Waits are added up, also those of requests that wait side by side.',
    '`cursor` is what the state says of the location after this sync; empty for streams that have none. `newest_row_at` is the latest value of the stream’s cursor column among the rows of this sync.',
  ],
  columns: {
    stream_name: required(named(text())),
    sync_started_at: required(named(timestamp())),
    sync_mode: named(text()),
    status: required(named(text())),
    error: named(text()),
    error_code: named(text()),
    error_type: named(text()),
    rows: named(integer()),
    requests: named(integer()),
    retries: named(integer()),
    quota_wait_seconds: named(number()),
    retry_wait_seconds: named(number()),
    newest_row_at: named(timestamp()),
    cursor: named(map()),
    daily_quota_left: named(integer()),
    started_at: named(timestamp()),
    ended_at: named(timestamp()),
  },
});
