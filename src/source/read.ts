import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredCatalog } from '../protocol/catalog.ts';
import type { Failure } from './failure-traces.ts';
import { type LocationOutcome, nothingRead } from './location-outcomes.ts';
import { readLocations } from './read-locations.ts';
import { readReport } from './read-report.ts';
import { readStream } from './read-stream.ts';
import { createStatusWriter } from './status-writer.ts';
import type { StreamResult } from './stream-result.ts';
import {
  inOrder,
  isDirectory,
  isReport,
  readableStates,
  type SelectedStream,
  selectStreams,
} from './select-streams.ts';
import { syncSummary } from './summary.ts';
import { createSyncReport, type SyncReport } from './sync-report.ts';
import { openSync, type ReadDependencies, type Sync } from './sync.ts';

/** Marks a stream that nothing is read of. */
const reject = async ({ emitter, runtime }: ReadDependencies, name: string): Promise<void> => {
  const status = createStatusWriter(name, emitter, runtime.now);
  await status.started();
  await status.ended('INCOMPLETE');
};

const readOne = async (
  sync: Sync,
  selected: SelectedStream,
  { input, report }: { readonly input: JsonObject | undefined; readonly report: SyncReport },
): Promise<StreamResult> => {
  const { stream, configured } = selected;
  if (isReport(selected)) return readReport(sync, stream, { configured, report });
  try {
    return isDirectory(selected)
      ? await readLocations(sync, stream, configured)
      : await readStream(sync, stream, { configured, input });
  } catch (thrown) {
    // The state that was given cannot be read: the stream has not begun.
    if (!(thrown instanceof ConnectorError) || sync.signal.aborted) throw thrown;
    await reject(sync, stream.name);
    const outcomes = (): readonly LocationOutcome[] => nothingRead(sync.found.locationIds, 'failed', thrown);
    return { rows: 0, failures: [{ streamName: stream.name, error: thrown }], outcomes };
  }
};

interface Readings {
  readonly rows: number;
  readonly failures: readonly Failure[];
}

/** Reads the streams one after the other, until there are none, or something has ended the sync. */
const readAll = async (
  sync: Sync,
  selected: readonly SelectedStream[],
  { states, report }: { readonly states: ReadonlyMap<string, JsonObject>; readonly report: SyncReport },
): Promise<Readings> => {
  const failures: Failure[] = [];
  const isReported = selected.some(isReport);
  let fatal: ConnectorError | undefined;
  let rows = 0;
  for (const one of selected) {
    const { name, syncMode } = one.configured;
    if (fatal !== undefined && !isReport(one)) {
      await reject(sync, name);
      if (isReported) report.add({ name, syncMode }, nothingRead(sync.found.locationIds, 'not_read', fatal));
      continue;
    }
    const result = await readOne(sync, one, { input: states.get(name), report });
    failures.push(...result.failures);
    rows += result.rows;
    if (isReported && !isReport(one)) report.add({ name, syncMode }, result.outcomes());
    if (result.fatal === undefined) continue;
    fatal = result.fatal;
    failures.push({ streamName: undefined, error: result.fatal });
  }
  return { rows, failures };
};

/**
 * Reads the streams of a catalog, one after the other, each over all locations in parallel. The stream of the locations
 * themselves comes last, when it is known how they fared, and behind it the report of the sync.
 * @returns the failures; none means a complete sync
 * @throws ConnectorError for what ends the sync before its first stream, and the signal's reason after an abort
 */
export const read = async (
  dependencies: ReadDependencies,
  catalog: ConfiguredCatalog,
  states: ReadonlyMap<string, JsonObject>,
): Promise<readonly Failure[]> => {
  const { runtime, session, log, redact, watch } = dependencies;
  const { selected, rejected } = selectStreams(dependencies.streams, catalog);
  for (const { streamName } of rejected) await reject(dependencies, streamName ?? '');
  if (selected.length === 0) return rejected;
  const startedAtMs = runtime.now();

  const sync = await openSync(dependencies, readableStates(selected, states));
  watch.syncStarted(session.pace);
  const report = createSyncReport({ syncStartedAtMs: startedAtMs, redact });
  for (const { streamName: name = '', error } of rejected)
    report.add({ name, syncMode: undefined }, nothingRead(sync.found.locationIds, 'failed', error));
  const { rows, failures } = await readAll(sync, inOrder(selected), { states, report }).finally(
    watch.syncEnded,
  );
  const durationMs = runtime.now() - startedAtMs;
  log.info(syncSummary({ streams: selected.length, rows, durationMs, costs: session.costs() }));
  return [...rejected, ...failures];
};
