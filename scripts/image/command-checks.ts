import { deepStrictEqual, match } from 'node:assert/strict';
import packageJson from '../../package.json' with { type: 'json' };
import spec from '../../spec.json' with { type: 'json' };
import { streams } from '../../src/streams/index.ts';
import { type Check, requireExit, type Setting } from './check.ts';
import { runContainer } from './container.ts';
import { countsInOutput, countsInWorld, messagesIn } from './truth.ts';

const CONFIG = '/secrets/config.json';
const CATALOG = '/secrets/catalog.json';
export const READ_ARGS: readonly string[] = ['read', '--config', CONFIG, '--catalog', CATALOG];

/** The costly streams are in the catalog only if they are asked for. */
const costly = streams.filter(({ isCostly = false }) => isCostly).map(({ name }) => name);

export const filesOf = ({ served, catalog }: Setting): Readonly<Record<string, unknown>> => ({
  [CONFIG]: served.connectorConfig('oauth', { costly_streams: costly }),
  [CATALOG]: catalog,
});

export const printsSpecification: Check = async ({ image }) => {
  const ended = await runContainer(image, { args: ['spec'] });
  requireExit(ended, 0);
  const specifications = messagesIn(ended.stdout, 'SPEC').map((message) => message.spec);
  deepStrictEqual(specifications, [spec]);
};

export const checksConnection: Check = async (setting) => {
  const { calls } = setting.simulator;
  const before = calls.length;
  const ended = await runContainer(setting.image, {
    files: filesOf(setting),
    args: ['check', '--config', CONFIG],
  });
  requireExit(ended, 0);
  const statuses = messagesIn(ended.stdout, 'CONNECTION_STATUS').map((message) => message.connectionStatus);
  deepStrictEqual(statuses, [{ status: 'SUCCEEDED' }]);
  const userAgent = calls[before]?.headers['user-agent'] ?? '';
  match(userAgent, new RegExp(`^${packageJson.name}/${packageJson.version} `));
};

export const discoversEveryStream: Check = async (setting) => {
  const ended = await runContainer(setting.image, {
    files: filesOf(setting),
    args: ['discover', '--config', CONFIG],
  });
  requireExit(ended, 0);
  const catalogs = messagesIn(ended.stdout, 'CATALOG').map(({ catalog }) => catalog);
  const names = catalogs.flatMap(({ streams }) => streams.map(({ name }) => name));
  deepStrictEqual(names.sort(), Object.keys(countsInWorld(setting.simulator)));
};

export const readsEveryRow: Check = async (setting) => {
  const ended = await runContainer(setting.image, { files: filesOf(setting), args: READ_ARGS });
  requireExit(ended, 0);
  deepStrictEqual(countsInOutput(ended.stdout), countsInWorld(setting.simulator));
};

export const failsOnWrongConfig: Check = async (setting) => {
  const files = { ...filesOf(setting), [CONFIG]: {} };
  requireExit(await runContainer(setting.image, { files, args: READ_ARGS }), 1);
};
