import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import packageJson from '../package.json' with { type: 'json' };
import { generatedFiles } from '../scripts/docs/generated-files.ts';
import spec from '../spec.json' with { type: 'json' };
import { parseConfig } from '../src/config/config.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../src/foundation/json.ts';
import { parseInputState } from '../src/protocol/state.ts';
import { createStreamState } from '../src/source/stream-state.ts';
import { isReadBy, type SearchStream } from '../src/stream/definition.ts';
import { type LocationCursor, parseCursor } from '../src/stream/location-cursor.ts';
import { streams } from '../src/streams/index.ts';
import abnormalState from './abnormal_state.json' with { type: 'json' };
import invalidConfig from './invalid_config.json' with { type: 'json' };
import sampleConfig from './sample_config.json' with { type: 'json' };
import sampleState from './sample_state.json' with { type: 'json' };
import { connect } from './support/connection.ts';
import { startHighLevel } from './support/highlevel.ts';

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

describe('acceptance test configuration', () => {
  test('names streams and files that exist', async () => {
    const text = await textOf('acceptance-test-config.yml');
    const files = [...text.matchAll(/: (integration_tests\/\S+|spec\.json)$/gm)].map(([, path = '']) => path);
    expect(files).not.toHaveLength(0);
    await expect(Promise.all(files.map(textOf))).resolves.toHaveLength(files.length);

    const { acceptance_tests: suites = {} } = await yamlAt('acceptance-test-config.yml');
    const [read = {}] = isJsonObject(suites) ? textsAt(objectAt(suites, 'basic_read'), 'tests') : [];
    const empty = isJsonObject(read) ? textsAt(read, 'empty_streams') : [];
    const names = empty.map((stream) => (isJsonObject(stream) ? stream['name'] : undefined));
    expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
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
  const searchStreams = streams.filter((stream) => isReadBy(stream, 'search'));

  const cursorsOf = ({ name, retrieval }: SearchStream, json: unknown): readonly LocationCursor[] => {
    const state = createStreamState(parseInputState(json).get(name), () => undefined);
    return state
      .locationIds()
      .flatMap((locationId) => parseCursor(state.cursorOf(locationId) ?? {}, retrieval) ?? []);
  };

  test.each(searchStreams.map((stream) => [stream.name, stream] as const))(
    'the sample says how far locations of %s have been read',
    (_name, stream) => {
      expect(cursorsOf(stream, sampleState)).not.toHaveLength(0);
    },
  );

  test('the sample shows both phases of a location', () => {
    const phases = searchStreams
      .flatMap((stream) => cursorsOf(stream, sampleState))
      .map(({ phase }) => phase);
    expect(new Set(phases)).toStrictEqual(new Set(['backfill', 'incremental']));
  });

  test('the sample names locations of the sample configuration only', () => {
    const named = JSON.stringify(sampleState).matchAll(/"location_id":"([^"]+)"/g);
    expect(sampleConfig.location_ids).toEqual(expect.arrayContaining([...named].map(([, id]) => id)));
  });

  test.each(searchStreams.map((stream) => [stream.name, stream] as const))(
    'the abnormal one has read every location of %s far into the future',
    (_name, stream) => {
      const reached = cursorsOf(stream, abnormalState).map((cursor) =>
        cursor.phase === 'incremental' ? cursor.updated : 0,
      );
      expect(reached).toHaveLength(sampleConfig.location_ids.length);
      expect(Math.min(...reached)).toBeGreaterThan(Date.UTC(2900, 0, 1));
    },
  );
});
