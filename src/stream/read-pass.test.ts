import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import { textAt } from '../foundation/json.ts';
import { day, isoDay } from './doubles/fake-context.ts';
import { thingsEndpoint } from './doubles/test-streams.ts';
import { rowAt as row, runPass as run } from './doubles/windows-pass.ts';

const YEAR = day(366) - day(0);
const BIRTH = Date.UTC(2018, 0, 1);
const unpaged = thingsEndpoint();

const lengthsOf = (windows: readonly (readonly [number, number])[]): readonly number[] =>
  windows.map(([since, before]) => before - since);

describe('the windows of a pass', () => {
  test('follow each other without a seam, from its place to its end', async () => {
    const { windows, checkpoints } = await run([]);
    expect(windows[0]).toEqual([0, BIRTH]);
    expect(windows.slice(1).map(([since]) => since)).toEqual(
      windows.slice(0, -1).map(([, before]) => before),
    );
    expect(windows.at(-1)?.[1]).toBe(day(0));
    // What was just read is what the checkpoint says.
    expect(checkpoints.map(({ next }) => next)).toEqual(
      windows.map(([, before]) => new Date(before).toISOString()),
    );
  });

  test('grow where little is, but not without bound', async () => {
    const { windows } = await run([], { next: BIRTH, until: day(9_000) });
    expect(lengthsOf(windows).slice(0, 3)).toEqual([YEAR, 4 * YEAR, 10 * YEAR]);
    expect(Math.max(...lengthsOf(windows))).toBe(10 * YEAR);
  });

  test('are shorter where each is one answer', async () => {
    const { windows } = await run([], { next: BIRTH, retrieval: { endpoint: unpaged } });
    expect(lengthsOf(windows)[0]).toBe(YEAR * (92 / 366));
    expect(Math.max(...lengthsOf(windows))).toBe(YEAR);
  });

  test('shrink where much is', async () => {
    const crowd = Array.from({ length: 10_800 }, (_, index) => row(`r${index}`, day(-2000) + index));
    const { windows, ids } = await run(crowd, { next: day(-2000), retrieval: { mostRows: 20_000 } });
    expect(ids).toHaveLength(10_800);
    const [first = 0, second = Infinity] = lengthsOf(windows);
    expect(first).toBe(YEAR);
    expect(second).toBeLessThan(YEAR / 5);
  });

  test('do not shrink below the shortest that can be asked for', async () => {
    const shortestMs = day(1) - day(0);
    const crowd = Array.from({ length: 9_000 }, (_, index) =>
      row(`r${index}`, day(-20) + (index % 3_000) * 20_000 + Math.floor(index / 3_000) * shortestMs),
    );
    const retrieval = { mostRows: 20_000, shortestMs };
    const { pieces } = await run(crowd, { next: day(-20) - YEAR, retrieval });
    expect(Math.min(...lengthsOf(pieces.slice(0, -1)))).toBeGreaterThanOrEqual(shortestMs);
  });

  test('are none when it is at its end', async () => {
    expect(await run([row('a', day(-1))], { next: day(0) })).toMatchObject({
      trace: [],
      ends: [{ isThrough: true, hasGap: false }],
    });
  });
});

describe('a pass', () => {
  const rows = [row('a', day(-900)), row('b', day(-300)), row('c', day(-1))];

  test('gives each window’s rows before its checkpoint', async () => {
    const { trace } = await run(rows, { next: day(-1000) });
    expect(trace).toEqual(['rows a', 'checkpoint', 'rows b c', 'checkpoint']);
  });

  test('gives only what is wanted, and a sign of life for the rest', async () => {
    const { trace } = await run(rows, { next: day(-1000), isWanted: ({ id }) => id === 'c' });
    expect(trace).toEqual(['alive', 'checkpoint', 'rows c', 'checkpoint']);
  });

  test('ends behind a checkpoint when the time of the sync is over, and goes on from there', async () => {
    const first = await run(rows, { next: day(-1000), isOver: () => true });
    expect(first.trace).toEqual(['rows a', 'checkpoint']);
    expect(first.ends).toEqual([{ isThrough: false, hasGap: false }]);
    const second = await run(rows, { next: Date.parse(textAt(first.state ?? {}, 'next') ?? '') });
    expect([...first.ids, ...second.ids]).toEqual(['a', 'b', 'c']);
  });

  test('is through when the time is over at its end', async () => {
    const { ends } = await run([], { next: day(-1), isOver: () => true });
    expect(ends).toEqual([{ isThrough: true, hasGap: false }]);
  });

  test('keeps where it ends and when it began', async () => {
    const { state } = await run([], { next: day(-1), until: day(3) });
    expect(state).toEqual({ next: isoDay(3), until: isoDay(3), began: isoDay(0) });
  });

  test('keeps in its place that rows before it may be missing', async () => {
    const { ends, checkpoints } = await run(rows, { next: day(-1000), hasGap: true });
    expect(checkpoints.map(({ gap }) => gap)).toEqual([true, true]);
    expect(ends).toEqual([{ isThrough: true, hasGap: true }]);
  });

  test('has a gap when rows may be missing', async () => {
    const { ends, trace, state } = await run(rows, { next: day(-0.0001), missing: 1 });
    expect(trace).toContain('gap');
    expect(state).toMatchObject({ gap: true });
    expect(ends).toEqual([{ isThrough: true, hasGap: true }]);
  });

  test('that fails does not wait for lanes that wait for it', async () => {
    const answer = (): Error => transientError('broken');
    await expect(run([], { parallel: 6, answer })).rejects.toThrow('broken');
  }, 5_000);

  test('reads one window at a time until one tells how long the next may be', async () => {
    const { requests, mostAtOnce, windows } = await run([], { parallel: 6, turns: () => 2 });
    expect([windows.length, requests.length, mostAtOnce()]).toEqual([2, 2, 1]);
  });

  test('reads as many windows at once as requests may be under way, once it knows their length', async () => {
    const many = Array.from({ length: 90 }, (_, index) => row(`r${index}`, day(-2_700 + index * 30)));
    const given = { parallel: 6, turns: () => 2, retrieval: { mostRows: 7 } };
    const one = await run(many, { ...given, next: day(-2_700) });
    expect([one.mostAtOnce(), one.ids.length]).toEqual([6, 90]);
    const two = await run(many, {
      ...given,
      next: day(-2_700),
      retrieval: {
        mostRows: 7,
        endpoint: thingsEndpoint({ passes: [{ parameters: {} }, { parameters: { channel: 'Email' } }] }),
      },
    });
    expect([two.mostAtOnce(), two.ids.length]).toEqual([6, 90]);
  });
});
