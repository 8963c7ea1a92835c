import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Agency, startAgency } from '../../scripts/demo/agency.ts';
import { createPlatform } from '../../scripts/demo/platform.ts';
import { type Table, tableOf } from '../../scripts/demo/table.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import type { Report } from './report.ts';

/** What a story of the clients is told with. */
export interface Setting {
  readonly report: Report;
  /** The interpreter that has the clients. */
  readonly python: string;
  readonly agency: Agency;
  /** For this story alone, and gone afterwards. */
  readonly folder: string;
  /** All that there are, the costly ones too. */
  readonly streams: readonly AirbyteStream[];
  /** A configuration that works, with the newest tokens. */
  readonly config: () => JsonObject;
}

export type Story = (setting: Setting) => Promise<void>;

/** The bundle that `npm run build` made. */
export const CONNECTOR = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

const COSTLY_STREAMS = ['contact_notes', 'contact_attributions'];
/** Containers run as another user, and get files of this folder mounted. */
const READ_BY_ANYBODY = 0o755;

/** PyAirbyte merges whatever has a primary key, and so do these tables. */
export const mergedTables = ({ streams }: Setting): readonly Table[] =>
  streams.map((stream) => ({ ...tableOf(stream), isIncremental: true }));

/** Tells a story with an agency of its own. */
export const tell = async (
  story: Story,
  { report, python }: Pick<Setting, 'report' | 'python'>,
): Promise<void> => {
  const agency = await startAgency();
  const folder = await mkdtemp(join(tmpdir(), 'real-clients-'));
  try {
    await chmod(folder, READ_BY_ANYBODY);
    const config = (): JsonObject =>
      agency.served.connectorConfig('oauth', { costly_streams: COSTLY_STREAMS });
    const streams = await createPlatform(config()).discover();
    await story({ report, python, agency, folder, streams, config });
  } finally {
    await rm(folder, { recursive: true, force: true });
    await agency.served.close();
  }
};
