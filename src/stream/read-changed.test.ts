import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { collect, eventsOf } from './doubles/collect-events.ts';
import { createFakeContext, day, isoDay, locationRead } from './doubles/fake-context.ts';
import type { LocationRead } from './location-read.ts';
import { parseChangedCursor, readChanged, sinceStart } from './read-changed.ts';
import type { ReadEvent } from './read-event.ts';
import { rowTime } from './row-time.ts';

const key = rowTime('updated_at', 'updatedAt');
const row = (id: string, days?: number): JsonObject => ({
  id,
  ...(days !== undefined && { updatedAt: isoDay(days) }),
});
const page = (...rows: readonly JsonObject[]): ReadEvent => ({ kind: 'rows', rows });
const { context } = createFakeContext({ answer: () => ({}) });

const run = (events: readonly ReadEvent[], given: Partial<LocationRead> = {}) =>
  collect(readChanged(eventsOf(...events), key, locationRead(context, given)));

const AT = { updated_at: isoDay(-5) };
const ALL = page(row('old', -9), row('edge', -5), row('new', -2), row('silent'));

describe('what is emitted of a list whose rows say when they changed', () => {
  test('is everything at first', async () => {
    const { trace, state } = await run([ALL]);
    expect(trace).toEqual(['rows old edge new silent', 'checkpoint']);
    expect(state).toEqual({ updated_at: isoDay(-2) });
  });

  test('is what changed at the checkpoint or later, and what does not say', async () => {
    const { trace } = await run([ALL], { state: AT });
    expect(trace).toEqual(['rows edge new silent', 'checkpoint']);
  });

  test('begins the lookback earlier', async () => {
    const lookbackMs = day(0) - day(-4);
    expect((await run([ALL], { state: AT, lookbackMs })).ids).toContain('old');
    expect((await run([ALL], { state: AT, lookbackMs: lookbackMs - 1 })).ids).not.toContain('old');
  });

  test('is nothing from before the start date', async () => {
    expect((await run([ALL], { startDate: day(-5) })).ids).toEqual(['edge', 'new', 'silent']);
    const later = await run([ALL], { startDate: day(-3), state: { updated_at: isoDay(-9) } });
    expect(later.ids).toEqual(['new', 'silent']);
  });

  test.each([
    ['an earlier one', { startDate: day(-9) }, ['old', 'edge', 'new', 'silent']],
    ['none any more', {}, ['old', 'edge', 'new', 'silent']],
    ['a later one', { startDate: day(-5) }, ['edge', 'new', 'silent']],
    ['the same one', { startDate: day(-6) }, ['edge', 'new', 'silent']],
  ])('goes by the start date when that is %s', async (_, given, expected) => {
    const state = { ...AT, start_date: isoDay(-6) };
    const { ids, state: next } = await run([ALL], { ...given, state });
    expect(ids).toEqual(expected);
    expect(next?.['start_date']).toBe(
      'startDate' in given ? new Date(given.startDate).toISOString() : undefined,
    );
  });

  test('gives a sign of life where it is nothing', async () => {
    expect((await run([page(row('old', -9))], { state: AT })).trace).toEqual(['alive', 'checkpoint']);
  });
});

describe('the checkpoint of a list whose rows say when they changed', () => {
  test('comes behind all rows, and never goes back', async () => {
    const { trace, state } = await run([page(row('a', -9)), page(row('b', -8))], { state: AT });
    expect(trace.at(-1)).toBe('checkpoint');
    expect(state).toEqual(AT);
  });

  test('is never in the future, and rows of the future come again', async () => {
    const events = [page(row('future', 30), row('now', 0))];
    const first = await run(events);
    expect(first.state).toEqual({ updated_at: isoDay(0) });
    expect((await run(events, { state: first.state })).ids).toEqual(['future', 'now']);
  });

  test('is never beyond when the reading began, whatever changed meanwhile', async () => {
    let now = day(-1);
    const moving = { ...context, serverNow: () => Promise.resolve(now) };
    async function* slowly(): AsyncGenerator<ReadEvent, void> {
      now = day(0);
      yield await Promise.resolve(page(row('changed meanwhile', -0.5)));
    }
    const { state } = await collect(readChanged(slowly(), key, locationRead(moving)));
    expect(state).toEqual({ updated_at: isoDay(-1) });
  });

  test('stays where it was when rows may be missing', async () => {
    const state = { ...AT, start_date: isoDay(-20) };
    const events: readonly ReadEvent[] = [page(row('a', -1)), { kind: 'gap' }, page(row('b', -1))];
    const { trace, state: next } = await run(events, { state, startDate: day(-30) });
    expect(trace).toEqual(['rows a', 'gap', 'rows b', 'checkpoint']);
    expect(next).toEqual(state);
    expect((await run(events)).state).toEqual({});
  });

  test('says nothing when no row says when it changed, and the next sync reads all again', async () => {
    const { state } = await run([page(row('silent'))]);
    expect(state).toEqual({});
    expect((await run([ALL], { state })).ids).toHaveLength(4);
  });

  test('is none of a full refresh', async () => {
    const state = { full_refresh: { job: 'j', done: true } };
    expect(parseChangedCursor(state, key)).toBeUndefined();
    expect((await run([ALL], { state })).ids).toHaveLength(4);
  });

  test('of another shape is refused', () => {
    expect(() => parseChangedCursor([], key)).toThrow("not one of this connector's");
    expect(() => parseChangedCursor({ updated_at: 'soon' }, key)).toThrow("not one of this connector's");
  });
});

describe('a list that is emitted whole', () => {
  const since = async (startDate: number | undefined, by = true) =>
    (await collect(sinceStart(eventsOf(ALL, { kind: 'gap' }), by ? key : undefined, startDate))).trace;

  test('leaves out what changed before the start date, if rows say so', async () => {
    expect(await since(undefined)).toEqual(['rows old edge new silent', 'gap']);
    expect(await since(day(-5))).toEqual(['rows edge new silent', 'gap']);
    expect(await since(day(-5), false)).toEqual(['rows old edge new silent', 'gap']);
  });
});
