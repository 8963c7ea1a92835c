import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonArray, isJsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { judgeRun } from '../support/judge-run.ts';
import { errorsOf, messagesOf, parseMessages } from '../support/messages-of.ts';
import { type Damage, damage, damaged } from './damage.ts';
import { runs } from './fuzz-runs.ts';
import { hostileValue, toHostileText } from './hostile-json.ts';
import { createHostileWorld, discoverInProcess, rejectProblems } from './hostile-world.ts';
import { type InProcessOutput, runInProcess } from './run-in-process.ts';

const COMMANDS = ['check', 'discover', 'read'] as const;
type Command = (typeof COMMANDS)[number];

const CATALOG = JSON.stringify({
  streams: [{ stream: { name: 'tags', json_schema: {} }, sync_mode: 'full_refresh' }],
});

/** Texts of the config that nobody would find in a message by chance. */
const SECRET_KEYS = new Set(['client_secret', 'refresh_token', 'access_token', 'location_tokens']);
const secretsIn = (value: JsonValue, isSecret = false): readonly string[] => {
  if (typeof value === 'string')
    return isSecret ? value.split(/[\s=:,]+/).filter((word) => word.length >= 16) : [];
  if (isJsonArray(value)) return value.flatMap((element) => secretsIn(element, isSecret));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, child]) => secretsIn(child, isSecret || SECRET_KEYS.has(key)));
};

const isLocation = (text: string, locations: readonly string[]): boolean => locations.includes(text);

/** Runs a command with the text of a config against a server that is all right. */
const runWith = async (command: Command, configText: string, secrets: readonly string[]) => {
  const world = createHostileWorld({ locations: [{ contacts: 1, opportunities: 0 }] });
  const output = await runInProcess(command, {
    runtime: world.runtime,
    handle: world.simulator.handle,
    files: { config: configText, ...(command === 'read' && { catalog: CATALOG }) },
  });
  const { check } = await discoverInProcess();
  const hidden = secrets.filter((secret) => !isLocation(secret, world.simulator.world.locationIds()));
  rejectProblems(judgeRun({ output, secrets: hidden, isCut: false }), output);
  const read = { selected: ['tags'], check };
  const isBegun = output.lines.some((line) => line.includes('STREAM_STATUS'));
  if (isBegun) rejectProblems(judgeRun({ output, secrets: hidden, isCut: false }, read), output);
  return output;
};

const ONE_END = { ends: 1, exitIsOfEnd: true, bugs: [] };

/** The things that a command ended with, of which there may be one. */
const endOf = (command: Command, { exitCode, lines }: InProcessOutput): unknown => {
  const messages = parseMessages(lines);
  const errors = errorsOf(messages);
  const ends = {
    check: messagesOf(messages, 'CONNECTION_STATUS').length,
    discover: messagesOf(messages, 'CATALOG').length,
    read: exitCode === 0 ? 1 : 0,
  }[command];
  return {
    ends: ends + errors.length,
    exitIsOfEnd: exitCode === errors.length,
    // Whatever is in a config, it is the user's to mend.
    bugs: errors.filter(({ message }) => message.includes('in the connector')),
  };
};

const goodConfigs = (): readonly JsonValue[] => {
  const world = createHostileWorld();
  const [first = ''] = world.simulator.world.locationIds();
  const settings = {
    location_ids: [first],
    exclude_location_ids: ['elsewhere'],
    start_date: '2024-01-01T00:00:00Z',
    inaccessible_locations: 'skip_all',
    lookback_window_minutes: 60,
    trailing_window_days: 30,
    max_quota_share: 80,
    max_concurrency: 3,
    max_sync_minutes: 60,
    additional_fields: 'keep',
  };
  return (['oauth', 'oauth_location', 'private'] as const).map((kind) => ({
    ...world.config(kind),
    ...settings,
  }));
};

describe.each(COMMANDS)('%s', (command) => {
  test('answers any JSON for a config with one answer or one error, and prints no secret of it', async () => {
    await fc.assert(
      fc.asyncProperty(hostileValue, async (config) => {
        const output = await runWith(command, toHostileText(config), []);
        expect(endOf(command, output)).toEqual(ONE_END);
      }),
      runs(40),
    );
  });

  test('answers a good config that was damaged in the same way', async () => {
    const configs = goodConfigs();
    const hurt = fc.record({
      config: fc.constantFrom(...configs),
      damages: fc.array<Damage>(damage, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(hurt, async ({ config, damages }) => {
        const broken = damages.reduce<JsonValue>((value, one) => damaged(value, one), config);
        const secrets = [...secretsIn(config)];
        expect(endOf(command, await runWith(command, toHostileText(broken), secrets))).toEqual(ONE_END);
      }),
      runs(40),
    );
  });

  test.each([
    '',
    ' ',
    '{',
    'null',
    '[]',
    '"x"',
    '{"credentials":',
    '\0',
    '\uFEFF{}',
    '{"a":1}{"b":2}',
    '{a:1}',
  ])('answers a config file that holds %j with one answer or one error', async (text) => {
    expect(endOf(command, await runWith(command, text, []))).toEqual(ONE_END);
  });
});

test.each([
  'location_ids',
  'exclude_location_ids',
  'start_date',
  'inaccessible_locations',
  'api_url',
  'unknown',
])('a token that was put into %s is not printed', async (setting) => {
  for (const config of goodConfigs().filter(isJsonObject)) {
    for (const secret of ['eyJhbGciOiJI.eyJzdWIiOiIxMjM0NTY3.c2lnbmF0dXJl', 'pit-01234567-89ab-cdef']) {
      const wrong = setting.endsWith('_ids') ? [secret] : secret;
      const text = JSON.stringify({
        ...config,
        location_ids: [],
        exclude_location_ids: [],
        [setting]: wrong,
      });
      for (const command of COMMANDS) {
        expect(endOf(command, await runWith(command, text, [secret]))).toEqual(ONE_END);
      }
    }
  }
});

test('good configs are good', async () => {
  for (const config of goodConfigs()) {
    const output = await runWith('check', JSON.stringify(config), []);
    expect(output.lines.at(-1)).toContain('SUCCEEDED');
  }
});
