import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { descentOf, descentServer } from './doubles/descent.ts';
import { createFakeContext, day, isoDay, locationRead, overAfter } from './doubles/fake-context.ts';
import { streamOf } from './doubles/test-streams.ts';
import type { LocationRead } from './location-read.ts';
import { parseNewestFirstCursor, readNewestFirst, readNewestFirstInFull } from './read-newest-first.ts';

interface Given extends Partial<Omit<LocationRead, 'context'>> {
  readonly rows?: readonly JsonObject[];
  readonly now?: number;
  readonly isOver?: () => boolean;
}

const stream = streamOf({ kind: 'newest_first', descent: descentOf(), fullPassDays: 30 });

const runWith =
  (read: typeof readNewestFirst) =>
  async ({ rows = ROWS, now = day(0), isOver = () => false, ...given }: Given = {}) => {
    const fake = createFakeContext({ now, isOver, answer: descentServer(() => rows) });
    return { ...(await collect(read(stream, locationRead(fake.context, given)))), ...fake };
  };
const run = runWith(readNewestFirst);
const runInFull = runWith(readNewestFirstInFull);

const row = (id: string, days: number): JsonObject => ({ id, at: isoDay(days) });
const ROWS = [row('a', -1), row('b', -2), row('c', -3), row('d', -4)];
const synced = (newest: number, more: JsonObject = {}): JsonObject => ({
  at: isoDay(newest),
  full_pass: isoDay(newest),
  ...more,
});

describe('the first full pass', () => {
  test('gives everything, with a checkpoint behind each page, and claims the newest at its end', async () => {
    const { trace, checkpoints } = await run();
    expect(trace).toEqual(['rows a b', 'checkpoint', 'rows c d', 'checkpoint', 'rows', 'checkpoint']);
    expect(checkpoints).toEqual([
      { full_reading: { after: [day(-2), 'b'], began: isoDay(0), newest: isoDay(-1) } },
      { full_reading: { after: [day(-4), 'd'], began: isoDay(0), newest: isoDay(-1) } },
      { at: isoDay(-1), full_pass: isoDay(0) },
    ]);
  });

  test('goes down to the start date and no further', async () => {
    const { ids, state } = await run({ startDate: day(-2) });
    expect(ids).toEqual(['a', 'b']);
    expect(state).toMatchObject({ start_date: isoDay(-2) });
  });

  test('never claims a time that is yet to come', async () => {
    const { state } = await run({ rows: [row('future', 30), ...ROWS] });
    expect(state?.['at']).toBe(isoDay(0));
  });

  test('goes on at its page in the next sync, and then gives what has come above it', async () => {
    const first = await run({ isOver: overAfter(2) });
    expect(first.ids).toEqual(['a', 'b']);
    const second = await run({ rows: [row('new', 0.5), ...ROWS], now: day(1), state: first.state });
    expect(second.ids).toEqual(expect.arrayContaining(['c', 'd', 'new']));
    expect(second.state).toEqual({ at: isoDay(0.5), full_pass: isoDay(0) });
  });

  test('gives what came above it also when it takes three syncs', async () => {
    const first = await run({ isOver: overAfter(2) });
    const second = await run({ isOver: overAfter(2), now: day(1), state: first.state });
    expect(second.ids).toEqual(['c', 'd']);
    expect(second.state).not.toHaveProperty('at');
    const third = await run({ rows: [row('new', 0.5), ...ROWS], now: day(2), state: second.state });
    expect(third.ids).toContain('new');
  });
});

describe('the sync after that', () => {
  const rows = [row('n2', -0.5), row('n1', -0.7), ...ROWS];

  test('gives what came at the checkpoint or later, and then claims it', async () => {
    const { trace, state } = await run({ rows, state: synced(-1) });
    expect(trace).toEqual(['rows n2 n1', 'rows a', 'checkpoint']);
    expect(state).toEqual({ at: isoDay(-0.5), full_pass: isoDay(-1) });
  });

  test('begins the lookback earlier', async () => {
    const lookbackMs = day(-1) - day(-2);
    expect((await run({ state: synced(-1), lookbackMs })).ids).toEqual(['a', 'b']);
  });

  test('claims nothing before its end', async () => {
    expect((await run({ rows, state: synced(-3) })).checkpoints).toHaveLength(1);
  });

  test('never claims a time that is yet to come, nor an earlier one than before', async () => {
    const future = await run({ rows: [row('future', 30), ...ROWS], state: synced(-1) });
    expect(future.state?.['at']).toBe(isoDay(0));
    expect((await run({ rows: ROWS.slice(2), state: synced(-1) })).state?.['at']).toBe(isoDay(-1));
  });

  // The location has a full pass in its state, and no newest row to go down to.
  test('gives what came to a location that was empty', async () => {
    const first = await run({ rows: [] });
    const second = await run({ rows: [row('first ever', 0.5)], now: day(1), state: first.state });
    expect(second.ids).toEqual(['first ever']);
  });
});

describe('later full passes', () => {
  test.each([
    [-30, true],
    [-29.999, false],
  ])('come when they are due: %j days after the last one, %j', async (full, comes) => {
    const { ids, state } = await run({ state: synced(-1, { full_pass: isoDay(full) }) });
    expect(ids.includes('d')).toBe(comes);
    expect(state).toEqual({ at: isoDay(-1), full_pass: isoDay(comes ? 0 : full) });
  });

  test('keep what is new apart from where they are', async () => {
    const state = synced(-1, { full_pass: isoDay(-31) });
    const first = await run({ state, isOver: overAfter(2) });
    expect(first.state).toMatchObject({
      at: isoDay(-1),
      full_pass: isoDay(-31),
      full_reading: { after: [day(-2), 'b'], began: isoDay(0) },
    });
    const second = await run({ rows: [row('new', 0.5), ...ROWS], now: day(1), state: first.state });
    expect(second.ids).toEqual(expect.arrayContaining(['new', 'c', 'd']));
    expect(second.state).toEqual({ at: isoDay(0.5), full_pass: isoDay(0) });
  });
});

describe('a start date that', () => {
  const state = synced(-1, { start_date: isoDay(-3) });

  test('is earlier than before has everything read anew', async () => {
    const { ids, state: next } = await run({ state, startDate: day(-4) });
    expect(ids).toContain('d');
    expect(next).toEqual({ at: isoDay(-1), full_pass: isoDay(0), start_date: isoDay(-4) });
  });

  test('is later than before is kept, and nothing is read anew', async () => {
    const { ids, state: next } = await run({ state, startDate: day(-2) });
    expect([ids, next?.['start_date']]).toEqual([['a'], isoDay(-2)]);
  });
});

describe('a full refresh, newest first', () => {
  test('gives everything, and leaves nothing where there is no job', async () => {
    expect((await runInFull({ state: synced(-1) })).trace).toEqual(['rows a b', 'rows c d', 'rows']);
  });

  test('goes on behind the last page for a retry of the same job, and is not repeated', async () => {
    const { checkpoints, state } = await runInFull({ job: 'j1' });
    expect((await runInFull({ job: 'j1', state: checkpoints[0] })).ids).toEqual(['c', 'd']);
    expect((await runInFull({ job: 'j2', state: checkpoints[0] })).ids).toHaveLength(4);
    expect((await runInFull({ job: 'j1', state: state })).requests).toHaveLength(0);
  });
});

test.each([[[]], ['text'], [{ at: 'soon' }], [{ full_reading: { after: ['x'], began: isoDay(0) } }]])(
  'a state of another shape is refused: %j',
  (state) => {
    expect(() => parseNewestFirstCursor(state, 'at')).toThrow("not one of this connector's");
  },
);
