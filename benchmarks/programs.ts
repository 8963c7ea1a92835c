import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Paths of what the measures run. */
export interface Programs {
  /** The built connector; `CONNECTOR` names another one. */
  readonly connector: string;
  readonly floor: string;
  readonly simulator: string;
  /** Preloaded into a program to learn what it cost. */
  readonly usage: string;
  /** For whatever a measure has to write. */
  readonly folder: string;
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Bundles the programs the way the connector is, so that none pays for a loader, and removes them afterwards. */
export const withPrograms = async <Result>(use: (programs: Programs) => Promise<Result>): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'benchmarks-'));
  try {
    await build({
      entryPoints: [here('programs/floor.ts'), here('programs/simulator.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    return await use({
      connector: process.env['CONNECTOR'] ?? here('../dist/main.js'),
      floor: join(folder, 'floor.mjs'),
      simulator: join(folder, 'simulator.mjs'),
      usage: here('programs/usage.cjs'),
      folder,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
