import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { incrementalReader } from '../../src/stream/reader.ts';
import { streams } from '../../src/streams/index.ts';
import { stateFile } from '../support/connection.ts';
import { errorsOf } from '../support/messages-of.ts';
import { judgeOrder } from '../support/stream-order.ts';
import { type Damage, damage, damaged } from './damage.ts';
import { runs } from './fuzz-runs.ts';
import { hostileValue, strangeDate, strangeValue, toHostileText } from './hostile-json.ts';
import { createHostileWorld, type JudgedRun, missing } from './hostile-world.ts';

/** One whose state stays whole. */
const OTHER = 'contacts';

const keepsState = streams.filter((stream) => incrementalReader(stream) !== undefined);
const subjects = keepsState.map(({ name }) => name);
const stateless = streams.map(({ name }) => name).filter((name) => !subjects.includes(name));

const BROKEN = '{"statusCode":400,"message":"broken"}';

/** The states that a stream has at the end of a sync, and where one that broke off left it. */
const statesOf = async (name: string): Promise<readonly JsonObject[]> => {
  const whole = createHostileWorld();
  const complete = await whole.read([name]);
  const world = createHostileWorld();
  const cut = await world.read([name], {
    tamper: (answer, call) =>
      call < complete.calls / 2 ? answer : { ...answer, status: 400, bytes: Buffer.from(BROKEN) },
  });
  return [complete, cut].flatMap(({ states }): readonly JsonObject[] => {
    const state = states.get(name);
    return state === undefined ? [] : [state];
  });
};

/** A state file with the text of one stream's state. */
const fileWith = (name: string, stateText: string, others: ReadonlyMap<string, JsonObject>): string =>
  JSON.stringify(stateFile(new Map([...others, [name, { here: true }]]))).replace(
    '{"here":true}',
    () => stateText,
  );

const expectOthersWhole = (run: JudgedRun, name: string, others: ReadonlySet<string>): void => {
  const { ends } = judgeOrder(run.messages);
  expect(ends.get(OTHER)).toBe('COMPLETE');
  expect(missing(others, run.keys)).toEqual([]);
  const failures = errorsOf(run.messages).map(
    ({ failure_type: type, message, stream_descriptor: stream }) => ({
      type,
      stream: stream?.name,
      saysWhatToDo: /reset/i.test(message),
    }),
  );
  expect(failures).toEqual(
    run.exitCode === 0 ? [] : [{ type: 'config_error', stream: name, saysWhatToDo: true }],
  );
};

describe.each(subjects.filter((name) => name !== OTHER))('a damaged state of %s', (name) => {
  test('is an error of its own that says what to do, or is synced from; other streams are read', async () => {
    const states = await statesOf(name);
    const others = await createHostileWorld().read([OTHER]);
    const cases = fc.record({
      state: fc.constantFrom(...states),
      damages: fc.array<Damage>(
        fc.oneof(
          damage,
          fc.record({
            act: fc.constant('put' as const),
            value: strangeDate,
            at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
          }),
        ),
        { minLength: 1, maxLength: 2 },
      ),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ state, damages }) => {
        const broken = damages.reduce<JsonValue>((value, one) => damaged(value, one), state);
        const text = toHostileText(broken);
        // A file that nobody can read through is nobody's state.
        fc.pre(!text.includes('['.repeat(300)) && !text.includes('{"a":'.repeat(300)));
        // What is no object is no state of a stream at all, and fails the whole file.
        fc.pre(isJsonObject(broken) || broken === null);
        const world = createHostileWorld();
        const run = await world.read([name, OTHER], { stateText: fileWith(name, text, new Map()) });
        expectOthersWhole(run, name, others.keys);
        if (run.exitCode !== 0) return;
        const next = await world.read([name], { states: run.states });
        expect(next.exitCode).toBe(0);
      }),
      runs(3),
    );
  });
});

test('any JSON for a state is one error that says what to do, or is synced from', async () => {
  await fc.assert(
    fc.asyncProperty(hostileValue, async (state) => {
      const stateText = toHostileText(state);
      const run = await createHostileWorld().read([OTHER], { stateText });
      const errors = errorsOf(run.messages);
      expect(errors.length).toBe(run.exitCode);
      for (const { failure_type: type } of errors) expect(type).toBe('config_error');
    }),
    runs(40),
  );
});

test('states of streams that keep none are passed over', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...stateless), strangeValue, async (name, value) => {
      const text = toHostileText({ any: value });
      const run = await createHostileWorld().read([name], { stateText: fileWith(name, text, new Map()) });
      expect(run.exitCode).toBe(0);
    }),
    runs(20),
  );
});

const windowed = keepsState.filter(({ retrieval }) => retrieval.kind === 'windows');

test.each(
  windowed.map((stream) => ({ name: stream.name, column: incrementalReader(stream)?.cursorColumn ?? '' })),
)('a pass of $name that ends in the future loses no row, and ends', async ({ name, column }) => {
  const truth = await createHostileWorld().read([name]);
  const past = '2026-01-01T00:00:00.000Z';
  const future = '9999-12-31T00:00:00.000Z';
  for (const cursor of [
    { [column]: future },
    { reading: { next: past, until: future, began: past } },
    { [column]: past, deep_pass: past, deep_reading: { next: past, until: past, began: future } },
  ]) {
    const world = createHostileWorld();
    const [locationId = ''] = world.simulator.world.locationIds();
    const state = { states: [{ partition: { location_id: locationId }, cursor }] };
    const run = await world.read([name], { states: new Map([[name, state]]) });
    expect({ exitCode: run.exitCode, missing: missing(truth.keys, run.keys) }).toEqual({
      exitCode: 0,
      missing: [],
    });
  }
});
