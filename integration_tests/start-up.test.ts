import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const CONNECTOR = process.env['CONNECTOR'] ?? fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** What only commands need that do more than answer. */
const LARGE = /^(source|streams|logger|axios-client|command-line|login)-/;

test('spec needs none of the chunks that are large', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'start-up-'));
  try {
    const dist = join(folder, 'dist');
    await cp(dirname(CONNECTOR), dist, { recursive: true });
    await cp(fileURLToPath(new URL('../package.json', import.meta.url)), join(folder, 'package.json'));
    const chunks = await readdir(join(dist, 'chunks'));
    const large = chunks.filter((name) => LARGE.test(name));
    expect(large.length).toBeGreaterThanOrEqual(6);
    for (const name of large) await rm(join(dist, 'chunks', name));
    const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'main.js'), 'spec']);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'SPEC' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
