import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { createFakeContext, day, isoDay, locationRead, overAfter } from './doubles/fake-context.ts';
import {
  streamOf,
  thingsEndpoint,
  windowServer,
  windowsOf,
  windowsRetrieval,
} from './doubles/test-streams.ts';
import { LAG, row, synced, syncWindows } from './doubles/windows-sync.ts';
import type { ParentList } from './definition.ts';
import type { LocationRead } from './location-read.ts';
import { readWindows } from './read-windows.ts';
import { rowTime } from './row-time.ts';
import { listAt } from './selectors.ts';

describe('the first pass', () => {
  const rows = [row('ancient', -5000, -5000), row('old', -400, -1), row('new', -1), row('late', 0.0001)];

  test('gives everything up to now, and is then up to date', async () => {
    const { ids, state, windows } = await syncWindows({ rows });
    expect(ids).toEqual(['ancient', 'old', 'new']);
    expect(state).toEqual({ changed: isoDay(0), deep_pass: isoDay(0) });
    expect(windows.at(-1)?.[1]).toBe(day(0));
  });

  test('claims nothing as up to date before its end', async () => {
    const { checkpoints } = await syncWindows({ rows });
    expect(checkpoints.slice(0, -1).map(({ changed }) => changed)).toEqual(
      checkpoints.slice(0, -1).map(() => undefined),
    );
    expect(checkpoints.length).toBeGreaterThan(2);
  });

  test('is up to date as of when it began, not as of the rows or of its end', async () => {
    const { state } = await syncWindows({ rows: [row('future', -1, 30)] });
    expect(state?.['changed']).toBe(isoDay(0));
  });

  test('goes ahead into the future where that is wanted', async () => {
    const retrieval = { aheadDays: 30, isEventTime: true };
    const events = [row('soon', 29.99, -1), row('far', 30.01, -1)];
    const { ids, state } = await syncWindows({ rows: events, retrieval });
    expect(ids).toEqual(['soon']);
    expect(state?.['changed']).toBe(isoDay(0));
  });

  test('begins before the start date by what is read again, and gives what changed since', async () => {
    const sinceStart = [
      row('x', -31, -1),
      row('y', -29, -1),
      row('z', -29, -25),
      row('w', -19),
      row('v', -21),
    ];
    const { ids, windows, state } = await syncWindows({ rows: sinceStart, startDate: day(-20) });
    expect(windows[0]?.[0]).toBe(day(-30));
    expect(ids).toEqual(['y', 'w']);
    expect(state?.['start_date']).toBe(isoDay(-20));
  });

  test('has nothing to do when the start date is yet to come', async () => {
    const { windows, state } = await syncWindows({ rows, startDate: day(20) });
    expect(windows).toEqual([]);
    expect(state).toMatchObject({ changed: isoDay(0) });
  });

  test('has the next pass over everything take nothing for old, when rows may be missing', async () => {
    const first = await syncWindows({ rows: [row('given', -1, -1)], missingAt: day(-1) });
    expect(first.trace).toContain('gap');
    const rows = [row('given', -1, -1), row('missing', -1, -1)];
    const next = await syncWindows({ rows, now: day(1), state: first.state });
    const weekly = await syncWindows({ rows, now: day(7), state: next.state });
    expect(weekly.ids).toContain('missing');
    expect((await syncWindows({ rows, now: day(14), state: weekly.state })).ids).toEqual([]);
  });

  test('remembers over several syncs that rows may be missing', async () => {
    const startDate = day(-950);
    const rows = [row('given', -900), row('b', -1)];
    const first = await syncWindows({ rows, startDate, missingAt: day(-900), isOver: overAfter(1) });
    expect(first.state).toMatchObject({ reading: { gap: true } });
    const second = await syncWindows({ rows, startDate, now: day(1), state: first.state });
    expect(second.state).toMatchObject({ gap: true });
  });

  // The pass over everything ends now, and these lie ahead.
  test('has events ahead of now read again too, when they may be missing', async () => {
    const retrieval = { aheadDays: 30, isEventTime: true };
    const first = await syncWindows({ rows: [row('given', 20, -1)], retrieval, missingAt: day(20) });
    const rows = [row('given', 20, -1), row('missing', 20, -1)];
    const ids: string[] = [];
    let { state } = first;
    for (const now of [1, 7, 14, 21, 28, 35, 42].map(day)) {
      const next = await syncWindows({ rows, retrieval, now, state });
      ids.push(...next.ids);
      ({ state } = next);
    }
    expect(ids).toContain('missing');
  });
});

describe('a first pass over several syncs', () => {
  const rows = [row('a', -900, -900), row('b', -300, -300), row('c', -1, -1)];
  const startDate = day(-950);

  test('goes on where it was, catches up, and loses nothing', async () => {
    const first = await syncWindows({ rows, startDate, isOver: overAfter(1) });
    expect(first.ids).toEqual(['a']);
    expect(first.state).toMatchObject({ reading: { until: isoDay(0), began: isoDay(0) } });
    expect(first.state).not.toHaveProperty('changed');

    const changedMeanwhile = [
      row('a', -900, 0.5),
      row('b', -300, -300),
      row('c', -1, 0.5),
      row('d', 0.5, 0.5),
    ];
    const second = await syncWindows({ rows: changedMeanwhile, startDate, now: day(1), state: first.state });
    expect(second.windows[0]?.[0]).toBeGreaterThan(day(-900));
    expect(second.ids).toEqual(expect.arrayContaining(['b', 'c', 'd']));
    expect(second.state).toMatchObject({ changed: isoDay(1), deep_pass: isoDay(0) });

    // What changed behind its back is the weekly pass's.
    const weekly = await syncWindows({ rows: changedMeanwhile, startDate, now: day(7), state: second.state });
    expect(weekly.ids).toContain('a');
  });

  test('that comes to its end claims when it began, not when it ended', async () => {
    const first = await syncWindows({ rows, startDate, isOver: overAfter(1) });
    const second = await syncWindows({
      rows,
      startDate,
      now: day(1),
      state: first.state,
      isOver: overAfter(2),
    });
    expect(second.state).toMatchObject({ changed: isoDay(0), deep_pass: isoDay(0) });
  });
});

describe('a start date that', () => {
  const rows = [row('a', -100, -100), row('b', -50, -50)];

  test.each([
    ['is earlier', day(-110), ['a', 'b']],
    ['is no more', undefined, ['a', 'b']],
  ])('%s than before has everything read anew', async (_, startDate, expected) => {
    const state = synced(-1, {
      start_date: isoDay(-60),
      reading: { next: isoDay(-2), until: isoDay(-1), began: isoDay(-1) },
    });
    const { ids, state: next } = await syncWindows({
      rows,
      state,
      ...(startDate !== undefined && { startDate }),
    });
    expect(ids).toEqual(expected);
    expect(next?.['deep_pass']).toBe(isoDay(0));
  });

  test('is later changes nothing but what is given from then on', async () => {
    const state = synced(-1, { start_date: isoDay(-60) });
    const { ids, state: next, windows } = await syncWindows({ rows, state, startDate: day(-55) });
    expect([ids, windows]).toEqual([[], [[day(-11), day(0)]]]);
    expect(next).toEqual({ changed: isoDay(0), deep_pass: isoDay(-1), start_date: isoDay(-55) });
  });
});

describe('where the API can order by change', () => {
  const recent = {
    endpoint: thingsEndpoint({ request: () => ({ path: '/recent', parameters: {} }) }),
    key: rowTime('changed', 'changed'),
    limit: 10,
    tokenOf: ({ changed }: JsonObject) => (typeof changed === 'string' ? [changed] : undefined),
    sharedTokens: false,
    after: () => ({ after: true }),
  };
  const readRecent = async (rows: readonly JsonObject[], read: Partial<LocationRead>) => {
    const fake = createFakeContext({
      now: day(0) + LAG,
      answer: (request, call) =>
        request.path === '/recent'
          ? {
              items:
                request.parameters['after'] === true
                  ? []
                  : rows.filter(({ changed }) => changed !== undefined),
            }
          : windowServer(() => rows)(request, call),
    });
    const stream = streamOf(windowsRetrieval({ recent, trailingDays: 0 }));
    const collected = await collect(readWindows(stream, locationRead(fake.context, read)));
    return { ...collected, windows: windowsOf(fake.requests) };
  };

  test('the trailing window is not read, but what changed since the checkpoint', async () => {
    const rows = [row('new', -500, -0.5), row('edge', -500, -1), row('old', -500, -1.001)];
    const { ids, state, windows } = await readRecent(rows, { state: synced(-1) });
    expect([ids, windows]).toEqual([['new', 'edge'], []]);
    expect(state).toEqual({ changed: isoDay(0), deep_pass: isoDay(-1) });
  });

  test('the pass over everything reaches up to now', async () => {
    const { windows } = await readRecent([], { state: synced(-1, { deep_pass: isoDay(-7) }) });
    expect(windows.at(-1)?.[1]).toBe(day(0));
  });

  test('the first pass also gives older rows that changed since the start date', async () => {
    const rows = [row('made before, changed since', -500, -1), row('old', -500, -30)];
    const { ids, state } = await readRecent(rows, { startDate: day(-20) });
    expect(ids).toEqual(['made before, changed since']);
    expect(state).toMatchObject({ changed: isoDay(0) });
  });
});

describe('windows of parents', () => {
  const parents = (items: JsonObject): readonly ParentList[] => [
    { of: streamOf({ kind: 'list', endpoint: thingsEndpoint({ select: () => listAt('items')(items) }) }) },
  ];
  const events = [
    { ...row('e1', -1, -1), parent: 'p1' },
    { ...row('e2', -1, -1), parent: 'p2' },
  ];

  test('are asked for each of them, by its id', async () => {
    const { ids } = await syncWindows({
      rows: events,
      startDate: day(-5),
      retrieval: { parents: parents({ items: [{ id: 'p1' }, { id: 'p2' }] }) },
    });
    expect(ids).toEqual(['e1', 'e2']);
  });

  test('are not asked for a parent without an id, which is an error', async () => {
    await expect(
      syncWindows({ retrieval: { parents: parents({ items: [{ name: 'x' }] }) } }),
    ).rejects.toThrow('without an id');
  });

  test('are remembered to be short of parents, when those of a later sync were', async () => {
    const whole = parents({ items: [{ id: 'p1' }, { id: 'p2' }] });
    const short = parents({ items: [{ id: 'p1' }], total: 2 });
    const given = { rows: events, startDate: day(-950) };
    const first = await syncWindows({ ...given, isOver: overAfter(1), retrieval: { parents: whole } });
    expect(first.state).not.toHaveProperty('reading.gap');
    const second = await syncWindows({ ...given, state: first.state, retrieval: { parents: short } });
    expect(second.state).toMatchObject({ gap: true });
  });

  test('that were missing are made up for by the next pass over everything', async () => {
    const short = parents({ items: [{ id: 'p1' }], total: 2 });
    const first = await syncWindows({ rows: events, state: synced(-2), retrieval: { parents: short } });
    expect(first.trace).toContain('gap');
    expect(first.state).toMatchObject({ changed: isoDay(0), gap: true });
    const retrieval = { parents: parents({ items: [{ id: 'p1' }, { id: 'p2' }] }) };
    const weekly = await syncWindows({ rows: events, state: first.state, now: day(5), retrieval });
    expect(weekly.ids).toContain('e2');
    expect(weekly.state).not.toHaveProperty('gap');
  });
});
