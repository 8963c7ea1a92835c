import type { ConfiguredStream } from '../protocol/catalog.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { normaliserFor } from './normaliser-for.ts';
import { createStatelessOutput } from './stateless-output.ts';
import { type StreamResult, toStreamResult } from './stream-result.ts';
import type { SyncReport } from './sync-report.ts';
import type { Sync } from './sync.ts';

/** Writes what the other streams of the sync have left to report. It is complete however they fared. */
export const readReport = async (
  sync: Sync,
  stream: StreamDefinition,
  { configured, report }: { readonly configured: ConfiguredStream; readonly report: SyncReport },
): Promise<StreamResult> => {
  const output = createStatelessOutput(sync, stream.name);
  const normalise = normaliserFor(sync, stream, configured);
  await output.started();
  let thrown: unknown;
  try {
    for (const rows of report.rows()) await output.records(rows.map((row) => normalise({}, row)));
  } catch (reason) {
    thrown = reason;
  }
  await output.ended(thrown === undefined ? 'COMPLETE' : 'INCOMPLETE');
  const rows = output.recordCount();
  return toStreamResult(sync, stream.name, { rows, failures: [], thrown }, () => []);
};
