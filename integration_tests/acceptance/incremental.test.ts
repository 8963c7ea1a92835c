import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import { type Account, openAccount } from './account.ts';
import { resumedAt, sampledStates } from './checkpoints.ts';
import { continuedRules, futureRules, resumedRules } from './incremental-rules.ts';
import { objectAt, type RawMessages, statesByStream } from './raw-messages.ts';
import { suiteConfig, textOf } from './suite-config.ts';
import { choose, discover, type Printed, read, statesOf } from './trial.ts';

const tests = suiteConfig.acceptance_tests.incremental?.tests ?? [];
/** Airbyte's tests ask for at least five checkpoints. */
const SAMPLES = 5;
const SAMPLE_INDEXES = Array.from({ length: SAMPLES }, (_, index) => index);
/** So small that a walk has several pages, and a stream several checkpoints. */
const PAGE_SIZE = 10;

const statesAt = (path: string): RawMessages => {
  const list: unknown = JSON.parse(textOf(path));
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
};

describe.each(tests)('incremental', ({ config_path: path, future_state: future = {} }) => {
  let account: Account;
  let config: JsonObject = {};
  let streams: readonly AirbyteStream[] = [];
  let first: Printed;
  /** Began where the first ended, as the last sample does. */
  let last: Printed;

  const readFrom = (state: RawMessages): Promise<Printed> =>
    read(config, choose(streams, 'incremental', 'append_dedup'), state);

  beforeAll(async () => {
    account = await openAccount({ pageSize: PAGE_SIZE });
    config = account.configAt(path);
    streams = (await discover(config)).filter(({ supported_sync_modes: modes }) =>
      modes.includes('incremental'),
    );
    first = await readFrom([]);
  });

  afterAll(() => account.close());

  describe.each(SAMPLE_INDEXES)('a read from checkpoint %i of each stream', (index) => {
    const pick = sampledStates(index, SAMPLES);
    let rest: Printed;

    beforeAll(async () => {
      rest = await readFrom(statesOf(first.messages, pick));
      last = rest;
    });

    test.each([...resumedRules])('%s', (_statement, { problems }) => {
      const found = streams.flatMap((stream) =>
        problems(resumedAt(stream, first.messages, rest.messages, pick)).map(
          (problem) => `${stream.name}: ${problem}`,
        ),
      );
      expect(found).toStrictEqual([]);
    });
  });

  describe('a read that goes on after another, from its last checkpoints', () => {
    test.each([...continuedRules])('%s', (_statement, { problems }) => {
      expect(problems({ streams, first: first.messages, second: last.messages })).toStrictEqual([]);
    });
  });

  test('there are streams with several checkpoints to begin at', () => {
    const counts = [...statesByStream(first.messages).values()].map((states) => states.length);
    expect(Math.max(...counts)).toBeGreaterThan(3);
    expect(counts.filter((count) => count > 1).length).toBeGreaterThan(10);
  });

  describe('a read from the far future', () => {
    const state = statesAt(future.future_state_path ?? '');
    let printed: Printed;

    beforeAll(async () => {
      printed = await readFrom(state);
    });

    test.each([...futureRules])('%s', (_statement, { problems }) => {
      expect(problems({ streams, messages: printed.messages })).toStrictEqual([]);
    });

    test('every incremental stream has a state there, or a reason to have none', () => {
      const named = state.map((entry) => objectAt(entry, 'stream', 'stream_descriptor')['name']);
      const excepted = (future.missing_streams ?? []).map(({ name }) => name);
      expect(
        streams.map(({ name }) => name).filter((name) => ![...named, ...excepted].includes(name)),
      ).toStrictEqual([]);
    });
  });
});
