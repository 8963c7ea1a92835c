// Bundles the connector into one file, so that the image needs no node_modules and a start reads one file.
import { chmod, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const outfile = 'dist/main.js';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Packages in CommonJS call `require` for Node's own modules; an ES module has none unless it is made.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});
await chmod(outfile, 0o755);
