import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { createFakeContext, day, isoDay, locationRead } from './doubles/fake-context.ts';
import { descentOf } from './doubles/descent.ts';
import {
  streamOf,
  thingsEndpoint,
  windowServer,
  windowsOf,
  windowsRetrieval,
} from './doubles/test-streams.ts';
import { LAG } from './doubles/windows-sync.ts';
import type { LocationRead } from './location-read.ts';
import type { WindowsRetrieval } from './definition.ts';
import { readWindowsInFull } from './read-windows-in-full.ts';
import { rowTime } from './row-time.ts';

const row = (id: string, at: number, changed = at): JsonObject => ({
  id,
  at: isoDay(at),
  changed: isoDay(changed),
});
const ROWS = [row('a', -900), row('b', -300), row('c', -1)];

const run = async (read: Partial<LocationRead> = {}, retrieval: Partial<WindowsRetrieval> = {}) => {
  // The time of a sync ends incremental reads only: a full refresh would never come to its end.
  const { context, requests } = createFakeContext({
    answer: windowServer(() => ROWS),
    now: day(0) + LAG,
    isOver: () => true,
  });
  const stream = streamOf(windowsRetrieval(retrieval));
  const collected = await collect(readWindowsInFull(stream, locationRead(context, read)));
  return { ...collected, windows: windowsOf(requests) };
};

describe('a full refresh by windows', () => {
  test('gives everything up to now, whatever an incremental sync has left', async () => {
    const { ids, windows, kinds } = await run({ state: { changed: isoDay(-1), deep_pass: isoDay(-1) } });
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(windows.at(-1)?.[1]).toBe(day(0));
    expect(kinds).not.toContain('checkpoint');
  });

  test('ends two minutes before the server’s now, because lists show rows a little late', async () => {
    const { context, requests } = createFakeContext({ answer: windowServer(() => []) });
    await collect(readWindowsInFull(streamOf(windowsRetrieval()), locationRead(context)));
    expect(windowsOf(requests).at(-1)?.[1]).toBe(day(0) - 120_000);
  });

  test('reaches into the future where that is wanted', async () => {
    expect((await run({}, { aheadDays: 30 })).windows.at(-1)?.[1]).toBe(day(30));
  });

  test('gives what was made or changed since the start date', async () => {
    expect((await run({ startDate: day(-300) })).ids).toEqual(['b', 'c']);
  });

  test('gives older rows too that changed since the start date, where the API can order by change', async () => {
    const recent = descentOf({
      endpoint: thingsEndpoint({
        select: () => ({ rows: [row('made before', -400, -1), row('old', -400, -301)], total: 2 }),
      }),
      key: rowTime('changed', 'changed'),
      limit: 10,
    });
    const { ids } = await run({ startDate: day(-300) }, { recent });
    expect([...ids].sort()).toEqual(['b', 'c', 'made before']);
  });

  test('leaves its place behind each window’s rows, and its end', async () => {
    const { trace, checkpoints, state } = await run({ job: 'j1', startDate: day(-950) });
    expect(trace).toEqual(['rows a', 'checkpoint', 'rows b c', 'checkpoint', 'checkpoint']);
    expect(checkpoints[0]).toMatchObject({
      full_refresh: { job: 'j1', reading: { until: isoDay(0), began: isoDay(0) } },
    });
    expect(state).toEqual({ full_refresh: { job: 'j1', done: true } });
  });

  test('goes on at its place for a retry of the same job', async () => {
    const { checkpoints } = await run({ job: 'j1', startDate: day(-950) });
    const state = checkpoints[0];
    expect((await run({ job: 'j1', startDate: day(-950), state })).ids).toEqual(['b', 'c']);
    expect((await run({ job: 'j2', startDate: day(-950), state })).ids).toEqual(['a', 'b', 'c']);
  });

  test('is not repeated for a retry of the same job', async () => {
    const state = { full_refresh: { job: 'j1', done: true } };
    expect((await run({ job: 'j1', state })).windows).toEqual([]);
    expect((await run({ job: 'j2', state })).ids).toHaveLength(3);
  });
});
