// Writes the files that follow from the declarations of the streams and errors.
import { writeFile } from 'node:fs/promises';
import { streams } from '../src/streams/index.ts';
import { generatedFiles } from './docs/generated-files.ts';

for (const { path, content } of await generatedFiles(streams)) {
  await writeFile(new URL(`../${path}`, import.meta.url), content);
  process.stdout.write(`wrote ${path}\n`);
}
