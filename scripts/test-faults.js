// Bundles the fault search and runs it: in one file it starts at once, and runs without translating anything.
import process from 'node:process';
import { fileURLToPath, pathToFileURL, URL } from 'node:url';
import { build } from 'esbuild';

const root = new URL('..', import.meta.url);
const outdir = fileURLToPath(new URL('node_modules/.cache/fault-search', root));

await build({
  absWorkingDir: fileURLToPath(root),
  entryPoints: ['integration_tests/faults/search.ts', 'integration_tests/faults/search-worker.ts'],
  outdir,
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
});
// The bundle lies elsewhere than the tests that it is made of.
process.env['CONNECTOR'] ??= fileURLToPath(new URL('dist/main.js', root));
await import(pathToFileURL(`${outdir}/search.js`).href);
