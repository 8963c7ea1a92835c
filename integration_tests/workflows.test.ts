import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../src/foundation/json.ts';

const textOf = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

const objectIn = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(value) ? value.map(objectIn) : [];

const textIn = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

const FOLDER = '.github/workflows';

const workflows = readdirSync(new URL(`../${FOLDER}`, import.meta.url)).map((name) => ({
  name,
  workflow: objectIn(parse(textOf(`${FOLDER}/${name}`))),
}));

const jobsOf = (workflow: JsonObject): readonly JsonObject[] =>
  Object.values(objectIn(workflow['jobs'])).map(objectIn);

const steps = workflows.flatMap(({ workflow }) => jobsOf(workflow).flatMap((job) => objectsIn(job['steps'])));

const matrixOf = (name: string): readonly JsonValue[] => {
  const { jobs } = objectIn(workflows.find((one) => one.name === name)?.workflow);
  const { test: tests } = objectIn(jobs);
  const { node } = objectIn(objectIn(objectIn(tests)['strategy'])['matrix']);
  return isJsonArray(node) ? node : [];
};

describe('the workflows', () => {
  test('run npm scripts that exist', () => {
    const commands = steps.map(({ run }) => textIn(run)).join('\n');
    const called = [...commands.matchAll(/npm (?:run (?:--silent )?)([a-z:]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(called).toContain('lint');
    expect(called.filter((name) => !Object.hasOwn(packageJson.scripts, name))).toStrictEqual([]);
  });

  test('try the oldest Node.js that the package allows, and the one of the image', () => {
    const oldest = packageJson.engines.node.replace('>=', '');
    const ofImage = /^ARG BASE_IMAGE=node:(\d+)/m.exec(textOf('Dockerfile'))?.[1];
    expect([matrixOf('ci.yml').at(0), matrixOf('ci.yml').at(-1)]).toStrictEqual([oldest, ofImage]);
  });

  test.each(workflows)('$name says what it may do, and how long', ({ workflow }) => {
    expect(isJsonObject(workflow['permissions'])).toBe(true);
    const limits = jobsOf(workflow).map((job) => job['timeout-minutes']);
    expect(limits.filter((minutes) => typeof minutes !== 'number')).toStrictEqual([]);
  });

  test('leave no token behind in a checkout', () => {
    const checkouts = steps.filter(({ uses }) => textIn(uses).startsWith('actions/checkout@'));
    expect(checkouts).not.toHaveLength(0);
    const keeping = checkouts.filter((step) => objectIn(step['with'])['persist-credentials'] !== false);
    expect(keeping).toStrictEqual([]);
  });
});

describe('docker-compose.yml', () => {
  const services = objectIn(objectIn(parse(textOf('docker-compose.yml'), { merge: true }))['services']);

  test.each(['check', 'discover', 'read'])('has the service %s, which shares the loopback', (name) => {
    const service = objectIn(services[name]);
    expect(service).toMatchObject({
      command: expect.arrayContaining([name]),
      network_mode: 'service:simulator',
      read_only: true,
    });
    expect(Object.keys(services)).toEqual(
      expect.arrayContaining(Object.keys(objectIn(service['depends_on']))),
    );
  });

  test('mounts files and builds from files that exist', () => {
    const mounts = objectIn(services['read'])['volumes'];
    const files = (isJsonArray(mounts) ? mounts : []).flatMap(
      (mount) => /^\.\/([^:]+):/.exec(textIn(mount))?.[1] ?? [],
    );
    const dockerfile = objectIn(objectIn(services['simulator'])['build'])['dockerfile'];
    expect([...files, textIn(dockerfile)].map((path) => textOf(path).length > 0)).toStrictEqual([true, true]);
  });
});
