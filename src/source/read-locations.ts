import type { JsonObject } from '../foundation/json.ts';
import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import type { Normalise } from '../stream/normalise.ts';
import { absentIn, judgeStream } from './judge-stream.ts';
import { locationOutcomes } from './location-outcomes.ts';
import { normaliserFor } from './normaliser-for.ts';
import { type DirectoryRow, readDirectory } from './read-directory.ts';
import { createStatelessOutput } from './stateless-output.ts';
import type { StreamOutput } from './stream-output.ts';
import { collectFigures, type FigureCollector } from './stream-figures.ts';
import { streamSummary } from './summary.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';
import type { Sync } from './sync.ts';
import type { LocationFailure, StreamOutcome } from './sync-stream.ts';

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

interface LocationsRead {
  readonly locationIds: readonly string[];
  readonly output: StreamOutput;
  readonly collector: FigureCollector;
  readonly normalise: Normalise;
}

/** @returns the locations that could not be asked, and what ended the stream before its end */
const writeRows = async (
  sync: Sync,
  { locationIds, output, collector, normalise }: LocationsRead,
): Promise<StreamOutcome> => {
  const failures: LocationFailure[] = [];
  try {
    const pages = readDirectory({
      ...sync,
      requester: sync.session.requester,
      locationIds,
      meterOf: collector.meterOf,
      onFailure: (failure) => failures.push(failure),
    });
    for await (const rows of pages) {
      const records = rows.map((row) => normalise(row.profile, knownColumns(sync, row)));
      await output.records(records);
      rows.forEach(({ locationId }, index) => {
        collector.wrote(locationId, records.slice(index, index + 1));
        collector.ended(locationId, 'complete');
      });
    }
    return { failures, thrown: undefined };
  } catch (thrown) {
    return { failures, thrown };
  }
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
  const { found, log } = sync;
  const locationIds = [...found.locationIds, ...found.absent.keys()];
  const output = createStatelessOutput(sync, stream.name);
  const collector = collectFigures(sync, {
    name: stream.name,
    locations: locationIds.length,
    cursorColumn: undefined,
  });
  const normalise = normaliserFor(sync, stream, configured);
  await output.started();
  const outcome = await writeRows(sync, { locationIds, output, collector, normalise });
  const isCutShort = outcome.thrown !== undefined;
  // That a location cannot be read is what its row says; only too many at once are a failure here too.
  const { failures } = judgeStream({ ...sync, policy: 'skip_all' }, stream.name, outcome.failures);
  await output.ended(failures.length === 0 && !isCutShort ? 'COMPLETE' : 'INCOMPLETE');
  const rows = output.recordCount();
  const locations = { total: locationIds.length, failed: outcome.failures.length, skipped: 0 };
  const summary = streamSummary(stream.name, collector.figures({ rows, locations, isCutShort }));
  log.info(summary);
  collector.summarised(summary);
  return toStreamResult(sync, stream.name, { rows, failures, thrown: outcome.thrown }, (error) =>
    locationOutcomes({
      locationIds,
      failures: [...absentIn(sync), ...outcome.failures],
      // They have their row, which says what is wrong.
      skipped: failures.length === 0 ? locationIds : [],
      error,
      figuresOf: collector.ofLocation,
      cursorOf: () => undefined,
    }),
  );
};
