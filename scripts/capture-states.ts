/**
 * Writes the states that the built connector leaves behind, one for each shape of cursor, for the tests that later
 * versions must still read them.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import packageJson from '../package.json' with { type: 'json' };
import { take } from './states/shot.ts';
import { SHOTS } from './states/shots.ts';

const folder = fileURLToPath(
  new URL(`../integration_tests/state_fixtures/${packageJson.version}/`, import.meta.url),
);

await mkdir(folder, { recursive: true });
for (const shot of SHOTS) {
  const path = `${folder}${shot.name}.json`;
  // What a release has written is a promise.
  if (existsSync(path)) {
    console.log(`${shot.name}: is there already`);
    continue;
  }
  const fixture = await take(shot);
  await writeFile(path, await format(JSON.stringify(fixture), { parser: 'json', printWidth: 110 }));
  console.log(`${shot.name}: ${fixture.rows_read ?? 'some'} rows read`);
}
