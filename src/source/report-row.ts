import { toIso } from '../foundation/instant.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { SyncMode } from '../protocol/messages.ts';
import type { LocationFigures } from './location-figures.ts';
import type { LocationOutcome } from './location-outcomes.ts';

interface ReportedStream {
  readonly name: string;
  /** Undefined for a stream that cannot be read as it is configured. */
  readonly syncMode: SyncMode | undefined;
  /** Epoch ms. */
  readonly syncStartedAtMs: number;
  readonly redact: (text: string) => string;
}

const SECOND_MS = 1000;

const iso = (epochMs: number | undefined): string | null => (epochMs === undefined ? null : toIso(epochMs));

const NOTHING: LocationFigures = {
  ...{ rows: 0, newest: undefined, dailyLeft: undefined, startedAtMs: undefined, end: undefined },
  costs: { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 },
};

const figureColumns = ({
  rows,
  newest,
  costs,
  dailyLeft,
  startedAtMs,
  end,
}: LocationFigures = NOTHING): JsonObject => ({
  rows,
  requests: costs.requests,
  retries: costs.retries,
  quota_wait_seconds: costs.quotaMs / SECOND_MS,
  retry_wait_seconds: costs.backoffMs / SECOND_MS,
  newest_row_at: newest ?? null,
  daily_quota_left: dailyLeft ?? null,
  started_at: iso(startedAtMs),
  ended_at: iso(end?.atMs),
});

/** The columns of the stream `sync_report`. */
export const reportRow = (
  { name, syncMode, syncStartedAtMs, redact }: ReportedStream,
  { locationId, status, error, figures, cursor }: LocationOutcome,
): JsonObject => ({
  location_id: locationId,
  stream_name: name,
  sync_started_at: toIso(syncStartedAtMs),
  sync_mode: syncMode ?? null,
  status,
  error: error === undefined ? null : redact(error.message),
  error_code: error?.code ?? null,
  error_type: error?.failureType ?? null,
  cursor: cursor ?? null,
  ...figureColumns(figures),
});
