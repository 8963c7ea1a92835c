import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { generatedFiles } from '../scripts/docs/generated-files.ts';
import { kindOf } from '../scripts/docs/kind-of.ts';
import spec from '../spec.json' with { type: 'json' };
import { parseConfig } from '../src/config/config.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../src/foundation/json.ts';
import { parseInputState } from '../src/protocol/state.ts';
import { createStreamState, type StreamState } from '../src/source/stream-state.ts';
import { incrementalReader } from '../src/stream/reader.ts';
import { streams } from '../src/streams/index.ts';
import abnormalState from './abnormal_state.json' with { type: 'json' };
import invalidConfig from './invalid_config.json' with { type: 'json' };
import sampleConfig from './sample_config.json' with { type: 'json' };
import sampleState from './sample_state.json' with { type: 'json' };
import { connect } from './support/connection.ts';
import { startHighLevel } from './support/highlevel.ts';
import { onlyLocation } from './support/only-location.ts';

const textOf = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

const yamlAt = async (path: string): Promise<JsonObject> => {
  const value: unknown = parse(await textOf(path));
  if (!isJsonObject(value)) throw new TypeError(`${path} is not an object`);
  return value;
};

const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = object[key];
  return isJsonObject(value) ? value : {};
};

const textsAt = (object: JsonObject, key: string): readonly JsonValue[] => {
  const value = object[key];
  return isJsonArray(value) ? value : [];
};

const metadata = async (): Promise<JsonObject> => objectAt(await yamlAt('metadata.yaml'), 'data');

const label = async (name: string): Promise<string | undefined> => {
  const dockerfile = await textOf('Dockerfile');
  return new RegExp(`${name.replaceAll('.', '\\.')}="([^"]*)"`).exec(dockerfile)?.[1];
};

describe('one version', () => {
  const { version } = packageJson;

  test('the metadata name it', async () => {
    expect((await metadata())['dockerImageTag']).toBe(version);
  });

  test('the label of the image names it', async () => {
    await expect(label('io.airbyte.version')).resolves.toBe(version);
  });

  test('the changelog begins with it', async () => {
    const newest = /^## \[?(\d+\.\d+\.\d+)\]?/m.exec(await textOf('CHANGELOG.md'))?.[1];
    expect(newest).toBe(version);
  });

  test('HighLevel is told it with every request', async () => {
    const highLevel = await startHighLevel();
    const { calls } = await connect(highLevel).check();
    const agents = new Set(calls.map(({ headers }) => headers['user-agent']));
    expect([...agents]).toStrictEqual([expect.stringMatching(`^source-highlevel/${version} `)]);
  });
});

describe('metadata', () => {
  test('have what the registry asks for', async () => {
    expect(await metadata()).toMatchObject({
      connectorType: 'source',
      connectorSubtype: 'api',
      definitionId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      githubIssueLabel: packageJson.name,
      license: packageJson.license,
      releaseStage: 'alpha',
      supportLevel: 'community',
      tags: expect.arrayContaining(['language:typescript']),
    });
  });

  test('name the image as its label does', async () => {
    const { dockerRepository } = await metadata();
    expect(dockerRepository).toBe(await label('io.airbyte.name'));
  });

  test('point to the documentation that the specification points to', async () => {
    expect((await metadata())['documentationUrl']).toBe(spec.documentationUrl);
  });

  test('suggest streams that exist', async () => {
    const suggested = textsAt(objectAt(await metadata(), 'suggestedStreams'), 'streams');
    expect(suggested).not.toHaveLength(0);
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining([...suggested]));
  });

  test('allow the host that is asked', async () => {
    const hosts = textsAt(objectAt(await metadata(), 'allowedHosts'), 'hosts');
    expect(hosts).toStrictEqual([new URL(parseConfig(sampleConfig).apiUrl).host]);
  });
});

describe('files written from the declarations', () => {
  test('are up to date (else: npm run docs)', async () => {
    const files = await generatedFiles(streams);
    const written = await Promise.all(files.map(async ({ path }) => ({ path, content: await textOf(path) })));
    expect(written).toStrictEqual(files);
  });
});

describe('sample configurations', () => {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const fitsSpecification = ajv.compile(spec.connectionSpecification);

  test('the sample is accepted, by its schema and by the connector', () => {
    expect(fitsSpecification(sampleConfig)).toBe(true);
    expect(parseConfig(sampleConfig).credentials.kind).toBe('oauth');
  });

  test('the invalid one is refused in words that say what to do', () => {
    expect(() => parseConfig(invalidConfig)).toThrow('line 1 must be a location ID, a space and its token');
  });
});

describe('sample states', () => {
  const stateOf = (name: string, json: unknown): StreamState =>
    createStreamState(parseInputState(json).get(name), () => undefined);

  const cursorsIn = (name: string, json: unknown): readonly JsonObject[] => {
    const state = stateOf(name, json);
    return state.locationIds().map((locationId) => state.cursorOf(locationId) ?? {});
  };

  const incremental = streams.flatMap((stream) => {
    const reader = incrementalReader(stream);
    return reader === undefined ? [] : [{ name: stream.name, stream, reader }];
  });

  const waysIn = (json: unknown): ReadonlySet<string> =>
    new Set(
      incremental
        .filter(({ name }) => cursorsIn(name, json).length > 0)
        .map(({ stream }) => `${stream.retrieval.kind}: ${kindOf(stream)}`),
    );

  test.each([
    ['sample', sampleState],
    ['abnormal', abnormalState],
  ])('the %s names streams that exist, in words that their readers know', (_name, json) => {
    const names = [...parseInputState(json).keys()];
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    for (const { name, reader } of incremental) cursorsIn(name, json).forEach(reader.check);
  });

  test('the sample shows a cursor of every way of reading', () => {
    expect(waysIn(sampleState)).toStrictEqual(waysIn(abnormalState));
    const text = JSON.stringify(sampleState);
    const parts = ['backfill', 'reading', 'deep_pass', 'deep_reading', 'full_pass', 'full_reading'];
    expect(parts.filter((part) => !text.includes(`"${part}":`))).toStrictEqual([]);
  });

  test('the sample names locations of the sample configuration only', () => {
    const named = JSON.stringify(sampleState).matchAll(/"location_id":"([^"]+)"/g);
    expect(sampleConfig.location_ids).toEqual(expect.arrayContaining([...named].map(([, id]) => id)));
  });

  test.each(incremental)(
    'the abnormal one has read every location of $name far into the future',
    ({ name }) => {
      const cursors = cursorsIn(name, abnormalState);
      expect(cursors).toHaveLength(sampleConfig.location_ids.length);
      const instants = cursors.flatMap(Object.values).map((value) => Date.parse(String(value)));
      expect(Math.min(...instants)).toBeGreaterThan(Date.UTC(2900, 0, 1));
    },
  );

  test('with the abnormal one nothing is left to read', async () => {
    const highLevel = await startHighLevel({
      locations: [{ contacts: 3, opportunities: 3 }],
      knobs: { rateLimits: 'off' },
    });
    const connection = connect(highLevel);
    const [sampleLocation = ''] = sampleConfig.location_ids;
    const text = JSON.stringify(abnormalState).replaceAll(sampleLocation, onlyLocation(highLevel));
    for (const [name, state] of parseInputState(JSON.parse(text))) connection.setState(name, state);
    const selection = Object.fromEntries(incremental.map(({ name }) => [name, 'incremental'] as const));
    const run = await connection.read(selection);
    expect(run.exitCode).toBe(0);
    expect(incremental.filter(({ name }) => run.records(name).length > 0)).toStrictEqual([]);
  });
});
