import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { type Account, openAccount } from './account.ts';
import { primaryKeyOf } from './catalog-rules.ts';
import { readMetadata } from './metadata-file.ts';
import { listAt, nameOf, objectAt } from './raw-messages.ts';
import { suiteConfig } from './suite-config.ts';
import { rawStreams, run } from './trial.ts';

const tests = suiteConfig.acceptance_tests.connector_attributes?.tests ?? [];

/** Streams without a primary key that have no leave to be without. */
const keyless = (streams: readonly JsonObject[], excepted: readonly string[]): readonly string[] =>
  streams
    .filter((stream) => primaryKeyOf(stream).length === 0)
    .map(nameOf)
    .filter((name) => !excepted.includes(name));

describe.each(tests)(
  'connector attributes',
  ({ config_path: path, streams_without_primary_key: without = [] }) => {
    const excepted = without.map(({ name }) => name);
    let account: Account;
    let streams: readonly JsonObject[] = [];

    beforeAll(async () => {
      account = await openAccount();
      streams = rawStreams(await run('discover', { config: account.configAt(path) }));
    });

    afterAll(() => account.close());

    test('every stream has a primary key', () => {
      expect(keyless(streams, excepted)).toStrictEqual([]);
      const [first = {}, ...others] = streams;
      const { source_defined_primary_key: _key, ...without } = first;
      expect(keyless([without, ...others], excepted)).toStrictEqual([first['name']]);
    });

    test('hosts that may be asked are named, and the one that is asked is one of them', () => {
      const hosts = listAt(objectAt(readMetadata(), 'data', 'allowedHosts'), 'hosts');
      expect(hosts).toContain('services.leadconnectorhq.com');
    });

    test('the suggested streams are among the discovered ones', () => {
      const suggested = listAt(objectAt(readMetadata(), 'data', 'suggestedStreams'), 'streams');
      expect(suggested).not.toHaveLength(0);
      expect(streams.map(({ name }) => name)).toEqual(expect.arrayContaining([...suggested]));
    });
  },
);
