import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Before the first test: a folder in which every run of the connector leaves what it printed. */
export default async () => {
  process.env.PRINTED_FOLDER = await mkdtemp(join(tmpdir(), 'printed-'));
};
