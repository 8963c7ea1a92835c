import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredCatalog } from '../protocol/catalog.ts';
import type { Failure } from './failure-traces.ts';
import { nothingRead } from './location-outcomes.ts';
import { readStreams } from './read-streams.ts';
import { rejectStream } from './reject-stream.ts';
import { inOrder, selectStreams } from './select-streams.ts';
import { syncSummary } from './summary.ts';
import { createSyncReport } from './sync-report.ts';
import { openSync, type ReadDependencies } from './sync.ts';

/**
 * Reads the streams of a catalog, each over all locations, as many of them side by side as keep the locations' quotas busy.
 * The stream of the locations themselves comes last, when it is known how they fared, and behind it the report of the sync.
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
  for (const { streamName } of rejected) await rejectStream(dependencies, streamName ?? '');
  if (selected.length === 0) return rejected;
  const startedAtMs = runtime.now();

  const sync = await openSync(dependencies, selected, states);
  watch.syncStarted(session.pace);
  const report = createSyncReport({ syncStartedAtMs: startedAtMs, redact });
  for (const { streamName: name = '', error } of rejected)
    report.add({ name, syncMode: undefined }, nothingRead(sync.found.locationIds, 'failed', error));
  const { rows, failures } = await readStreams(sync, inOrder(selected), { states, report }).finally(
    watch.syncEnded,
  );
  const durationMs = runtime.now() - startedAtMs;
  log.info(syncSummary({ streams: selected.length, rows, durationMs, costs: session.costs() }));
  return [...rejected, ...failures];
};
