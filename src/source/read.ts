import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredCatalog } from '../protocol/catalog.ts';
import type { Failure } from './failure-traces.ts';
import { readLocations } from './read-locations.ts';
import { readStream } from './read-stream.ts';
import { createStatusWriter } from './status-writer.ts';
import type { StreamResult } from './stream-result.ts';
import { isDirectory, readableStates, type SelectedStream, selectStreams } from './select-streams.ts';
import { syncSummary } from './summary.ts';
import { openSync, type ReadDependencies, type Sync } from './sync.ts';

/** Marks a stream that nothing is read of. */
const reject = async ({ emitter, runtime }: ReadDependencies, name: string): Promise<void> => {
  const status = createStatusWriter(name, emitter, runtime.now);
  await status.started();
  await status.ended('INCOMPLETE');
};

const readOne = async (
  sync: Sync,
  { stream, configured }: SelectedStream,
  input: JsonObject | undefined,
): Promise<StreamResult> => {
  try {
    return isDirectory({ stream, configured })
      ? await readLocations(sync, stream, configured)
      : await readStream(sync, stream, { configured, input });
  } catch (thrown) {
    // The state that was given cannot be read: the stream has not begun.
    if (!(thrown instanceof ConnectorError) || sync.signal.aborted) throw thrown;
    await reject(sync, stream.name);
    return { rows: 0, failures: [{ streamName: stream.name, error: thrown }] };
  }
};

/**
 * Reads the streams of a catalog, one after the other, each over all locations in parallel. The stream of the locations
 * themselves comes last, when it is known how they fared.
 * @returns the failures; none means a complete sync
 * @throws ConnectorError for what ends the sync before its first stream, and the signal's reason after an abort
 */
export const read = async (
  dependencies: ReadDependencies,
  catalog: ConfiguredCatalog,
  states: ReadonlyMap<string, JsonObject>,
): Promise<readonly Failure[]> => {
  const { selected, rejected } = selectStreams(dependencies.streams, catalog);
  for (const { streamName } of rejected) await reject(dependencies, streamName ?? '');
  const failures: Failure[] = [...rejected];
  if (selected.length === 0) return failures;
  const startedAtMs = dependencies.runtime.now();

  const sync = await openSync(dependencies, readableStates(selected, states));
  const ordered = [...selected.filter((one) => !isDirectory(one)), ...selected.filter(isDirectory)];
  let isOver = false;
  let rows = 0;
  for (const one of ordered) {
    const { name } = one.stream;
    if (isOver) {
      await reject(dependencies, name);
      continue;
    }
    const result = await readOne(sync, one, states.get(name));
    failures.push(...result.failures);
    rows += result.rows;
    if (result.fatal === undefined) continue;
    isOver = true;
    failures.push({ streamName: undefined, error: result.fatal });
  }
  const { runtime, session, log } = dependencies;
  const durationMs = runtime.now() - startedAtMs;
  log.info(syncSummary({ streams: ordered.length, rows, durationMs, costs: session.costs() }));
  return failures;
};
