// Prints the notes of the release whose tag is given, if every file that names a version names that one.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { releaseNotes } from './release/release-notes.ts';
import { versions } from './release/versions.ts';

const [tag = ''] = process.argv.slice(2);

try {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version === undefined) throw new Error(`"${tag}" is no tag like v1.2.3.`);
  for (const [file, named = 'none'] of await versions())
    if (named !== version) throw new Error(`The tag is ${tag}, and the version in ${file} is ${named}.`);
  const changelog = await readFile(new URL('../CHANGELOG.md', import.meta.url), 'utf8');
  process.stdout.write(releaseNotes(changelog, version));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
