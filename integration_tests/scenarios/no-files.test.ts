import { expect, test } from '@jest/globals';
import { checkResult, connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { runConnector } from '../support/run-connector.ts';

const FLAGS = process.allowedNodeEnvironmentFlags;

/** Node.js itself refuses to write files, and to start processes and threads. Newer ones ask for the network, too. */
const READ_ONLY = [
  FLAGS.has('--permission') ? '--permission' : '--experimental-permission',
  '--allow-fs-read=*',
  ...(FLAGS.has('--allow-net') ? ['--allow-net'] : []),
  '--disable-warning=ExperimentalWarning',
].join(' ');

test('no command needs to write a file, or to start another program', async () => {
  const highLevel = await startHighLevel();
  const connection = connect(highLevel);
  const options = { env: { NODE_OPTIONS: READ_ONLY } };
  highLevel.simulator.admin.expireAccessTokens();
  expect(checkResult(await connection.check(options)).status).toBe('SUCCEEDED');
  expect((await connection.discover(options)).exitCode).toBe(0);
  const run = await connection.read({ contacts: 'incremental', locations: 'full_refresh' }, options);
  expect([run.exitCode, run.records('contacts').length]).toStrictEqual([0, 6]);
});

test('who tries is refused, so that the test above means something', async () => {
  const script = encodeURIComponent(`import{writeFileSync}from'node:fs';writeFileSync('left','behind')`);
  const env = { NODE_OPTIONS: `${READ_ONLY} --import=data:text/javascript,${script}` };
  const { exitCode, stderr } = await runConnector('spec', {}, { env });
  expect([exitCode, stderr]).toStrictEqual([1, expect.stringContaining('ERR_ACCESS_DENIED')]);
});

test('a file that is left behind is found', async () => {
  const script = encodeURIComponent(`import{writeFileSync}from'node:fs';writeFileSync('left','behind')`);
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${script}` };
  await expect(runConnector('spec', {}, { env })).rejects.toThrow('wrote a file: left');
});
