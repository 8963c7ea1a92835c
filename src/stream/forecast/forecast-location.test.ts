import { describe, expect, test } from '@jest/globals';
import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import { contacts } from '../../streams/contacts.ts';
import type { ChildrenRetrieval } from '../definition.ts';
import { collect, eventsOf } from '../doubles/collect-events.ts';
import { type Answer, createFakeContext, day, isoDay, locationRead } from '../doubles/fake-context.ts';
import { manyRows, offsetServer, streamOf, thingsEndpoint } from '../doubles/test-streams.ts';
import type { LocationRead } from '../location-read.ts';
import { offsetPages } from '../paginators.ts';
import { incrementalReader, readerInFull } from '../reader.ts';
import { rowTime } from '../row-time.ts';
import { forecastLocation } from './forecast-location.ts';

type Given = Partial<Pick<LocationRead, 'state' | 'startDate' | 'lookbackMs'>>;

const withoutSize = (parameters: JsonObject | undefined): JsonValue => {
  const { pageLimit: _size, ...rest } = parameters ?? {};
  return rest;
};

describe('of a search', () => {
  const answer: Answer = () => ({ contacts: [], total: 1_234 });

  test.each<[string, boolean, Given]>([
    ['a first sync', true, {}],
    ['a first sync from a start date', true, { startDate: day(-90) }],
    ['a later sync', true, { state: { date_updated: isoDay(-1) }, lookbackMs: 60_000 }],
    ['a backfill on its way', true, { state: { backfill: { date_added: isoDay(-9), until: isoDay(-1) } } }],
    [
      'an earlier start date',
      true,
      { startDate: day(-90), state: { date_updated: isoDay(-1), start_date: isoDay(-30) } },
    ],
    ['a full refresh', false, { startDate: day(-90) }],
  ])(
    '%s is counted by the very request that it begins with, with a page of one row',
    async (_, isIncremental, given) => {
      const asked = createFakeContext({ answer });
      await forecastLocation(contacts, locationRead(asked.context, given), { isIncremental });
      const read = createFakeContext({ answer: () => ({ contacts: [], total: 0 }) });
      const reader = isIncremental ? incrementalReader(contacts) : readerInFull(contacts);
      await collect(reader?.read(locationRead(read.context, given)) ?? eventsOf());
      expect(asked.requests).toHaveLength(1);
      expect(asked.requests[0]?.parameters['pageLimit']).toBe(1);
      expect(withoutSize(asked.requests[0]?.parameters)).toEqual(withoutSize(read.requests[0]?.parameters));
      expect(asked.held()).toBe(0);
    },
  );

  test('its count is exact, and none is unknown', async () => {
    const forecast = async (body: JsonValue) =>
      forecastLocation(contacts, locationRead(createFakeContext({ answer: () => body }).context), {
        isIncremental: true,
      });
    expect(await forecast({ contacts: [], total: 1_234 })).toMatchObject({
      rows: { least: 1_234, most: 1_234 },
      requests: { least: 4, most: 4 },
    });
    expect(await forecast({ contacts: [] })).toMatchObject({ rows: { least: 0, most: undefined } });
  });

  test('a state of the future leaves nothing to read, and nothing to ask', async () => {
    const { context, requests } = createFakeContext({ answer });
    const read = locationRead(context, { state: { date_updated: isoDay(5) } });
    expect(await forecastLocation(contacts, read, { isIncremental: true })).toMatchObject({
      rows: { most: 0 },
      requests: { most: 0 },
    });
    expect(requests).toEqual([]);
  });
});

describe('of a list', () => {
  const changed = rowTime('changed', 'changed');
  const paged = thingsEndpoint({ paginator: offsetPages({ limit: 20 }) });
  const serve = offsetServer(
    () => manyRows(50),
    (all) => all.length,
  );
  const whole = streamOf({ kind: 'list', endpoint: thingsEndpoint() });
  const forecast = async (stream: Parameters<typeof forecastLocation>[0], given: Given = {}) => {
    const { context, requests } = createFakeContext({ answer: serve });
    const told = await forecastLocation(stream, locationRead(context, given), { isIncremental: true });
    return { ...told, asked: requests.length };
  };

  test('that comes in one answer is not asked, because that would be reading it', async () => {
    expect(await forecast(whole)).toMatchObject({
      asked: 0,
      rows: { least: 0, most: undefined },
      requests: { least: 1, most: 1 },
    });
  });

  test('that comes in one answer is asked on behalf of its children', async () => {
    const rows: ChildrenRetrieval['rows'] = { from: 'request', endpoint: thingsEndpoint() };
    expect(await forecast(streamOf({ kind: 'children', of: whole, rows }))).toMatchObject({
      asked: 1,
      rows: { least: 0, most: undefined },
      requests: { least: 51, most: 51 },
    });
  });

  test('with pages is counted by its first one', async () => {
    expect(await forecast(streamOf({ kind: 'list', endpoint: paged }))).toMatchObject({
      asked: 1,
      rows: { least: 50, most: 50 },
    });
  });

  test('whose rows are sifted is counted as the most', async () => {
    const sifted = streamOf({ kind: 'list', endpoint: paged, changed });
    const state = { changed: isoDay(-1) };
    expect(await forecast(sifted)).toMatchObject({ rows: { least: 50, most: 50 } });
    expect(await forecast(sifted, { state })).toMatchObject({ rows: { least: 0, most: 50 } });
  });

  test('with passes for other rows is counted as the least', async () => {
    const passes = [{ parameters: {} }, { parameters: { done: true } }];
    const twice = streamOf({ kind: 'list', endpoint: { ...paged, passes } });
    const told = await forecast(twice);
    expect(told).toMatchObject({ asked: 1, rows: { least: 50, most: undefined } });
  });

  test('without a total takes a page more than it seems', async () => {
    const { context } = createFakeContext({ answer: offsetServer(() => manyRows(3)) });
    const stream = streamOf({ kind: 'list', endpoint: paged });
    const told = await forecastLocation(stream, locationRead(context), { isIncremental: false });
    expect(told).toMatchObject({ rows: { least: 3, most: undefined }, requests: { least: 2 } });
  });

  test('whose folders are no rows', async () => {
    const isFolder = ({ id }: JsonObject): boolean => id === 'r0000';
    const { context } = createFakeContext({
      answer: offsetServer(
        () => manyRows(3),
        (all) => all.length,
      ),
    });
    const folders = { isFolder, areOpened: true };
    const stream = streamOf({ kind: 'list', endpoint: paged, folders });
    const told = await forecastLocation(stream, locationRead(context), { isIncremental: false });
    expect(told).toMatchObject({
      rows: { least: 2, most: undefined },
      requests: { least: 2, most: undefined },
    });
  });
});

test('what is read newest first is exact where the first page reaches back far enough', async () => {
  const at = rowTime('at', 'at');
  const rows = Array.from({ length: 30 }, (_, index): JsonObject => ({
    id: `r${index}`,
    at: isoDay(-index),
  }));
  const stream = streamOf({
    kind: 'newest_first',
    fullPassDays: 30,
    descent: {
      endpoint: thingsEndpoint(),
      key: at,
      limit: 10,
      tokenOf: ({ id }) => (typeof id === 'string' ? [id] : undefined),
      sharedTokens: false,
      after: ([id = null]) => ({ after: id }),
    },
  });
  const forecast = async (given: Given) => {
    const { context } = createFakeContext({ answer: () => ({ items: rows.slice(0, 10), total: 30 }) });
    return forecastLocation(stream, locationRead(context, given), { isIncremental: true });
  };
  expect(await forecast({})).toMatchObject({
    rows: { least: 30, most: 30 },
    requests: { least: 4, most: 4 },
  });
  const state = { at: isoDay(-4.5), full_pass: isoDay(-5) };
  expect(await forecast({ state })).toMatchObject({ rows: { least: 5, most: 5 }, requests: { most: 1 } });
});
