// Bundles the connector, so that the image needs no node_modules and a start reads few files: what every command needs is in
// one, the rest in chunks that are loaded when a command gets to them.
import { chmod, readFile, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { build } from 'esbuild';

const outdir = 'dist';

/** An import of node:http as an ES module makes Node.js load its WebSocket and all of fetch, too; `require` does not. */
const builtinsByRequire = {
  name: 'builtins-by-require',
  setup({ onResolve, onLoad }) {
    const names = new Set(builtinModules);
    onResolve({ filter: /^(node:)?[a-z][a-z_/]*$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '');
      return kind === 'import-statement' && names.has(name)
        ? { path: name, namespace: 'builtin' }
        : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = require('node:${path}');`,
    }));
  },
};

/** Requests go out by node:http and their bodies are texts; at the mention of fetch or FormData Node.js would load them. */
const withoutFetch = {
  name: 'without-fetch',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]axios[\\/]lib[\\/]adapters[\\/]fetch\.js$/ }, () => ({
      contents: 'export const getFetch = () => undefined; export default undefined;',
    }));
    onLoad({ filter: /[\\/]axios[\\/]lib[\\/]utils\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const contents = text.replace(
        "typeof G.FormData !== 'undefined' ? G.FormData : undefined",
        'undefined',
      );
      if (contents === text) throw new Error(`axios asks for FormData in another way than it did: ${path}`);
      return { contents };
    });
  },
};

/** yargs measures its help at each command, also where it shows none; of printable ASCII that takes none of Unicode's tables. */
const measuresLate = {
  name: 'measures-late',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^string-width$/ }, async ({ path, kind, resolveDir }) => {
      if (kind !== 'import-statement') return undefined;
      const found = await resolve(path, { kind: 'require-call', resolveDir });
      return { path: found.path, namespace: 'late', pluginData: resolveDir };
    });
    onLoad({ filter: /.*/, namespace: 'late' }, ({ path, pluginData: resolveDir }) => ({
      contents: `const isPlain = (text) => typeof text === 'string' && /^[ -~]*$/.test(text);
export default (text, options) => isPlain(text) ? text.length : require(${JSON.stringify(path)}).default(text, options);`,
      resolveDir,
    }));
  },
};

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: ['src/main.ts'],
  outdir,
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  plugins: [builtinsByRequire, withoutFetch, measuresLate],
  // Names stay as they are, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  // Packages in CommonJS call `require` for Node's own modules; an ES module has none unless it is made.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});
await chmod(`${outdir}/main.js`, 0o755);
