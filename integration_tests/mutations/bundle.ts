import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build as bundle, type Plugin } from 'esbuild';
import { type Edit, mutated } from './mutation.ts';

const ROOT = join(import.meta.dirname, '../..');

const mutate = (edits: readonly Edit[]): Plugin => ({
  name: 'mutate',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const file = relative(ROOT, path).replaceAll('\\', '/');
      const own = edits.filter((edit) => edit.file === file);
      if (own.length === 0) return undefined;
      return { contents: mutated(await readFile(path, 'utf8'), own), loader: 'ts' };
    });
  },
});

/**
 * Bundles the search for schedules that show a problem, with the edits in the connector.
 * @returns the program's path
 * @throws Error for an edit whose text is not there exactly once
 */
export const bundleSearch = async (name: string, edits: readonly Edit[]): Promise<string> => {
  // Inside the project, so that packages are found.
  const outfile = join(ROOT, 'node_modules/.cache/mutations', `${name}.mjs`);
  for (const { file, ...edit } of edits)
    mutated(await readFile(join(ROOT, file), 'utf8'), [{ file, ...edit }]);
  await bundle({
    entryPoints: [join(import.meta.dirname, 'search.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    plugins: [mutate(edits)],
    logLevel: 'silent',
  });
  return outfile;
};
