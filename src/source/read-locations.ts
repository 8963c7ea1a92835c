import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { judgeStream } from './judge-stream.ts';
import { normaliserFor } from './normaliser-for.ts';
import { type DirectoryRow, readDirectory } from './read-directory.ts';
import { NO_STATE } from './read-stream.ts';
import { createStreamOutput } from './stream-output.ts';
import { collectFigures } from './stream-figures.ts';
import { streamSummary } from './summary.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';
import type { Sync } from './sync.ts';
import type { LocationFailure } from './sync-stream.ts';

/** What the sync knows of a location besides its profile. */
const knownColumns = (
  { access, register, redact }: Sync,
  { locationId, profile }: DirectoryRow,
): JsonObject => {
  const status = register.statusOf(locationId);
  const companyId = profile['companyId'] ?? access.companyId;
  return {
    location_id: locationId,
    access_status: status?.status ?? 'ok',
    access_error: status?.error === undefined ? null : redact(status.error.message),
    ...(companyId !== undefined && { company_id: companyId }),
  };
};

/**
 * Reads the stream of the locations themselves. It is complete with a row for each location, also for those that cannot
 * be read: that is what its rows tell.
 */
export const readLocations = async (
  sync: Sync,
  stream: StreamDefinition,
  configured: ConfiguredStream,
): Promise<StreamResult> => {
  const { found, emitter, runtime } = sync;
  const locationIds = [...found.locationIds, ...found.absent.keys()];
  const locationFailures: LocationFailure[] = [];
  const output = createStreamOutput({
    name: stream.name,
    emitter,
    now: runtime.now,
    state: () => NO_STATE,
    hasCheckpoints: false,
  });
  const collector = collectFigures(sync, undefined);
  const normalise = normaliserFor(sync, stream, configured);
  await output.started();
  let thrown: unknown;
  try {
    const pages = readDirectory({
      ...sync,
      requester: sync.session.requester,
      locationIds,
      onFailure: (failure) => locationFailures.push(failure),
    });
    for await (const rows of pages) {
      await output.records(rows.map((row) => normalise(row.profile, knownColumns(sync, row))));
    }
  } catch (reason) {
    thrown = reason;
  }
  // That a location cannot be read is what its row says; only too many at once are a failure here too.
  const { failures } = judgeStream({ ...sync, policy: 'skip_all' }, stream.name, locationFailures);
  await output.ended(failures.length === 0 && thrown === undefined ? 'COMPLETE' : 'INCOMPLETE');
  const rows = output.recordCount();
  const locations = { total: locationIds.length, failed: locationFailures.length, skipped: 0 };
  const isCutShort = thrown !== undefined;
  sync.log.info(streamSummary(stream.name, collector.figures({ rows, locations, isCutShort })));
  return toStreamResult(sync, stream.name, { rows, failures, thrown });
};
