import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { type Kind, kindOf } from '../scripts/docs/kind-of.ts';
import { readingOf } from '../scripts/docs/reading-of.ts';
import { requestsOf } from '../scripts/docs/requests-of.ts';
import { groupsOf } from '../scripts/docs/stream-groups.ts';
import spec from '../spec.json' with { type: 'json' };
import { scopesOf } from '../src/stream/parents.ts';
import { incrementalReader } from '../src/stream/reader.ts';
import { streams } from '../src/streams/index.ts';
import sampleConfig from './sample_config.json' with { type: 'json' };

const textOf = (path: string): Promise<string> => readFile(new URL(`../${path}`, import.meta.url), 'utf8');

/** How the README marks the ways of reading; those that are not here have no letter. */
const LETTERS: Readonly<Partial<Record<Kind, string>>> = {
  'server-side incremental': 'S',
  'windowed incremental': 'W',
  'client-side incremental': 'C',
  'follows its parent': 'P',
  'newest first': 'N',
};

const consentScopes = (): readonly string[] =>
  spec.advanced_auth.oauth_config_specification.oauth_connector_input_specification.scope.split(' ');

const named = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name));

const between = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from) + from.length));

describe('documents', () => {
  test.each(groupsOf(streams))('the README lists the streams of the group $title', async (group) => {
    const text = between(await textOf('README.md'), '## What it reads', '## Configure it');
    const row = text.split('\n').find((line) => line.startsWith(`| ${group.title} `)) ?? '';
    const rowNames = [...named(row)].filter((name) => name !== 'costly_streams');
    expect(rowNames).toStrictEqual(group.streams.map(({ name }) => name));
    for (const stream of group.streams) {
      const letter = LETTERS[kindOf(stream)];
      const isMarked = row.includes(`\`${stream.name}\` (${letter ?? ''})`);
      expect([stream.name, isMarked]).toStrictEqual([stream.name, letter !== undefined]);
    }
  });

  test.each(Object.keys(spec.connectionSpecification.properties))(
    'the README tells of the setting %s',
    async (setting) => {
      expect([...named(await textOf('README.md'))]).toContain(setting);
    },
  );

  test('the connector page lists every stream, and marks those that are read incrementally', async () => {
    const table = between(await textOf('docs/highlevel.md'), '## Supported Streams', '### Performance');
    const rows = [...table.matchAll(/^\| \[`(\w+)`\]\(streams\.md#\w+\) +\| (✓|✗)/gm)];
    expect(rows.map(([, name, mark]) => [name, mark]).sort()).toStrictEqual(
      streams.map((stream) => [stream.name, incrementalReader(stream) === undefined ? '✗' : '✓']).sort(),
    );
  });

  test('the setup names for every stream the scopes that it needs, and no others', async () => {
    const text = between(await textOf('docs/setup.md'), '| scope ', '\n\n');
    const table = new Map(
      text.split('\n').flatMap((line) => {
        const [, scopes = '', uses = ''] = line.split('|');
        return [...scopes.matchAll(/`([^`]+)`/g)].map(([, scope = '']) => [scope, named(uses)] as const);
      }),
    );
    const wrong = streams.filter(({ name, ...rest }) => {
      const inTable = [...table].filter(([, uses]) => uses.has(name)).map(([scope]) => scope);
      const own = scopesOf({ name, ...rest });
      const ofColumn = rest.lookup === undefined ? [] : scopesOf(rest.lookup.of);
      return inTable.sort().join(' ') !== [...own, ...ofColumn].sort().join(' ');
    });
    expect(wrong.map(({ name }) => name)).toStrictEqual([]);
    expect([...table.keys()].sort()).toStrictEqual([...consentScopes()].sort());
  });

  test('the sign-in asks for the scopes of all streams, and those of the agency', () => {
    const scopes = new Set([
      ...streams.flatMap(scopesOf),
      'locations.readonly',
      'oauth.readonly',
      'oauth.write',
    ]);
    expect([...consentScopes()].sort()).toStrictEqual([...scopes].sort());
    expect(consentScopes()).toHaveLength(scopes.size);
  });

  test('the specification offers the costly streams, and says what they cost', () => {
    const { items, description } = spec.connectionSpecification.properties.costly_streams;
    const costly = streams.filter(({ isCostly = false }) => isCostly).map(({ name }) => name);
    expect(items.enum).toStrictEqual(costly);
    expect(costly.filter((name) => !description.includes(`${name}: `))).toStrictEqual([]);
    expect(sampleConfig.costly_streams).toStrictEqual(costly);
  });

  test.each(streams)('say of $name how it is read, what it can miss, and what it costs', (stream) => {
    const { how, misses } = readingOf(stream);
    const { short, sentences } = requestsOf(stream);
    const texts = [...how, ...misses, short, ...sentences];
    expect(Math.min(how.length, misses.length, sentences.length)).toBeGreaterThan(0);
    expect(texts.filter((text) => /undefined|NaN|\s\s/.test(text))).toStrictEqual([]);
  });

  test('what the security policy promises is proved by tests that exist', async () => {
    const table = between(await textOf('SECURITY.md'), '| promise ', '\n\n');
    const rows = table.split('\n').slice(2);
    const proofs = rows.map((row) => [...row.matchAll(/`([^`]+\.ts)`/g)].map(([, path = '']) => path));
    expect(proofs.length).toBeGreaterThan(5);
    expect(proofs.filter((paths) => paths.length === 0)).toStrictEqual([]);
    const texts = await Promise.all(proofs.flat().map(textOf));
    expect(texts.filter((text) => text === '')).toStrictEqual([]);
  });
});
