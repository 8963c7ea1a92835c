import { toConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { createNormaliser } from '../stream/normalise.ts';
import type { Failure } from './failure-traces.ts';
import { judgeStream } from './judge-stream.ts';
import { type DirectoryRow, readDirectory } from './read-directory.ts';
import { NO_STATE } from './read-stream.ts';
import { createStreamOutput } from './stream-output.ts';
import type { Sync } from './sync.ts';
import type { LocationFailure } from './sync-stream.ts';

/** What the sync knows of a location besides its profile. */
const knownColumns = ({ access, register }: Sync, { locationId, profile }: DirectoryRow): JsonObject => {
  const status = register.statusOf(locationId);
  const companyId = profile['companyId'] ?? access.companyId;
  return {
    location_id: locationId,
    access_status: status?.status ?? 'ok',
    access_error: status?.error?.message ?? null,
    ...(companyId !== undefined && { company_id: companyId }),
  };
};

/**
 * Reads the stream of the locations themselves. It is complete with a row for each location, also for those that cannot
 * be read: that is what its rows tell.
 * @throws ConnectorError for a failure that concerns the whole sync
 */
export const readLocations = async (
  sync: Sync,
  stream: StreamDefinition,
  { selectedFields }: ConfiguredStream,
): Promise<readonly Failure[]> => {
  const { found, emitter, runtime, signal, config } = sync;
  const failures: LocationFailure[] = [];
  const output = createStreamOutput({
    name: stream.name,
    emitter,
    now: runtime.now,
    state: () => NO_STATE,
    hasCheckpoints: false,
  });
  const normalise = createNormaliser({
    ...stream,
    additionalFields: config.additionalFields,
    selected: selectedFields && new Set([...selectedFields, ...stream.primaryKey]),
  });
  await output.started();
  try {
    const pages = readDirectory({
      ...sync,
      requester: sync.session.requester,
      locationIds: [...found.locationIds, ...found.absent.keys()],
      onFailure: (failure) => failures.push(failure),
    });
    for await (const rows of pages) {
      await output.records(rows.map((row) => normalise(row.profile, knownColumns(sync, row))));
    }
  } catch (thrown) {
    await output.ended('INCOMPLETE');
    if (signal.aborted) throw thrown;
    const error = toConnectorError(thrown);
    if (error.reach === 'sync') throw error;
    return [{ streamName: stream.name, error }];
  }
  // That a location cannot be read is what its row says; only too many at once are a failure here too.
  const tolerant: Sync = { ...sync, config: { ...config, inaccessibleLocations: 'skip_all' } };
  const judgement = judgeStream(tolerant, stream.name, failures);
  await output.ended(judgement.failures.length === 0 ? 'COMPLETE' : 'INCOMPLETE');
  return judgement.failures;
};
