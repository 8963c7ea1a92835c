import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isJsonArray, isJsonObject, type JsonObject } from '../foundation/json.ts';
import type { SyncMode } from '../protocol/messages.ts';
import type { LocationOutcome } from './location-outcomes.ts';
import { reportRow } from './report-row.ts';

/** Collects what became of each stream and location, until it can be told at the end of the sync. */
export interface SyncReport {
  /** @param stream.syncMode undefined for a stream that cannot be read as it is configured */
  readonly add: (
    stream: { readonly name: string; readonly syncMode: SyncMode | undefined },
    outcomes: readonly LocationOutcome[],
  ) => void;
  /** The rows of one stream at a time. */
  readonly rows: () => Generator<readonly JsonObject[], void>;
}

interface SyncReportOptions {
  /** Epoch ms. */
  readonly syncStartedAtMs: number;
  readonly redact: (text: string) => string;
}

/** Rows are kept packed: those of thousands of locations and dozens of streams are much alike, and wait till the end. */
export const createSyncReport = (options: SyncReportOptions): SyncReport => {
  const packed: Uint8Array[] = [];
  return {
    add: (stream, outcomes) => {
      const rows = outcomes.map((outcome) => reportRow({ ...stream, ...options }, outcome));
      packed.push(deflateRawSync(JSON.stringify({ rows })));
    },
    rows: function* unpack() {
      for (const bytes of packed) {
        const unpacked: unknown = JSON.parse(inflateRawSync(bytes).toString());
        const rows = isJsonObject(unpacked) ? unpacked['rows'] : undefined;
        if (isJsonArray(rows)) yield rows.filter(isJsonObject);
      }
    },
  };
};
