import { expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { CollectionKind } from './collections/kinds.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, type Reply, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

/** Rows were seeded up to a month before. */
const NOW = Date.UTC(2025, 6, 1, 12);
const ALWAYS = { startAt: '2020-01-01', endAt: '2030-01-01' };
const LISTS = [
  { kind: 'forms', rows: 'form_submissions', key: 'formId' },
  { kind: 'surveys', rows: 'survey_submissions', key: 'surveyId' },
] as const;

type Query = Readonly<Record<string, string>>;

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 10, now: () => NOW, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (path: string, query: Query = {}) =>
    client.get(`${path}?${new URLSearchParams({ locationId, ...query }).toString()}`);
  const collection = (kind: CollectionKind) => simulator.world.collection(locationId, kind);
  /** Ids of a location whose only submissions were written at these times. */
  const written = async (times: readonly string[], query: Query = {}) => {
    collection('form_submissions').set(times.map((createdAt) => ({ id: createdAt, createdAt })));
    return idsOf(rowsIn(await ask('/forms/submissions', query), 'submissions')).toSorted();
  };
  return { ...simulator, client, ask, collection, written };
};

const metaOf = ({ body }: Reply): JsonObject => {
  const { meta = null } = body;
  return isJsonObject(meta) ? meta : {};
};

test.each(LISTS)('$kind come in pages of 10, newest first, which an insert shifts', async ({ kind }) => {
  const { ask, collection } = open();
  const page = async (skip: number) =>
    idsOf(rowsIn(await ask(`/${kind}/`, { skip: String(skip), limit: '6' }), kind));
  expect(rowsIn(await ask(`/${kind}/`), kind)).toHaveLength(10);
  const first = await page(0);
  expect(first).toEqual(idsOf(collection(kind).rows()).toReversed().slice(0, 6));
  const added = collection(kind).add();
  expect((await page(0))[0]).toBe(added['id']);
  expect((await page(6))[0]).toBe(first.at(-1));
});

test.each(LISTS)(
  'folders stand among the $kind, are counted, and come alone on request',
  async ({ kind }) => {
    const { ask, knobs } = open();
    const all = await ask(`/${kind}/`, { limit: '50' });
    const folders = await ask(`/${kind}/`, { limit: '50', type: 'folder' });
    expect(all.body['total']).toBe(rowsIn(all, kind).length);
    expect(rowsIn(folders, kind)).toEqual(rowsIn(all, kind).filter(({ type }) => type === 'folder'));
    expect([rowsIn(folders, kind).length, folders.body['total']]).toEqual([2, 2]);
    expect(Object.keys(rowAt(rowsIn(folders, kind), 0)).toSorted()).toEqual([
      'id',
      'locationId',
      'name',
      'type',
    ]);
    knobs.reportedTotal = (total) => total + 1;
    expect((await ask(`/${kind}/`, { type: 'folder' })).body['total']).toBe(3);
  },
);

test.each(LISTS)(
  'submissions of $kind come newest first, by pages that count themselves',
  async ({ kind, rows }) => {
    const { ask, collection } = open();
    const path = `/${kind}/submissions`;
    const [first, second] = [await ask(path, ALWAYS), await ask(path, { ...ALWAYS, page: '2' })];
    expect(metaOf(first)).toEqual({ total: 30, currentPage: 1, nextPage: 2, prevPage: null });
    expect(metaOf(second)).toEqual({ total: 30, currentPage: 2, nextPage: null, prevPage: 1 });
    const found = [first, second].flatMap((reply) => rowsIn(reply, 'submissions'));
    const times = found.map(({ createdAt }) => textOf(createdAt));
    expect(times).toEqual(times.toSorted().toReversed());
    expect(idsOf(found).toSorted()).toEqual(idsOf(collection(rows).rows()).toSorted());
  },
);

test('pages are cut by the knob, and the meta follows', async () => {
  const { ask, knobs } = open();
  knobs.silentPageSize = 6;
  const replies = await Promise.all(
    ['1', '5', '6'].map((page) => ask('/forms/submissions', { ...ALWAYS, limit: '100', page })),
  );
  expect(replies.map((reply) => rowsIn(reply, 'submissions').length)).toEqual([6, 6, 0]);
  expect(replies.map((reply) => metaOf(reply)['nextPage'])).toEqual([2, null, null]);
});

test.each(LISTS)(
  'submissions of $kind belong to what is no folder, and are found by it',
  async ({ kind, rows, key }) => {
    const { ask, collection } = open();
    const folders = collection(kind)
      .rows()
      .filter(({ type }) => type === 'folder');
    const parents = collection(rows)
      .rows()
      .map((row) => textOf(row[key]));
    expect(idsOf(folders).some((id) => parents.includes(id))).toBe(false);
    const [parent = ''] = parents;
    const reply = await ask(`/${kind}/submissions`, { ...ALWAYS, [key]: parent });
    expect(rowsIn(reply, 'submissions')).toHaveLength(parents.filter((id) => id === parent).length);
  },
);

test('submissions are found by contact, name, e-mail and phone', async () => {
  const { ask, collection } = open();
  const fields = { name: 'Zed Quux', email: 'zed@quux.example', others: { phone: '+15125550142' } };
  const added = collection('form_submissions').add({ ...fields, contactId: 'QQQ' });
  const queries = ['zed quux', 'QUUX.EXAMPLE', '5125550142', 'QQQ'];
  const replies = await Promise.all(queries.map((q) => ask('/forms/submissions', { ...ALWAYS, q })));
  expect(replies.map((reply) => idsOf(rowsIn(reply, 'submissions')))).toEqual(
    queries.map(() => idsOf([added])),
  );
});

test('without dates only the last month up to today comes, and nothing says so', async () => {
  const { written } = open();
  const times = [
    '2025-05-31T13:59:59.999Z',
    '2025-05-31T14:00:00.000Z',
    '2025-06-30T13:59:59.999Z',
    '2025-06-30T14:00:00.000Z',
    '2025-07-01T11:59:00.000Z',
  ];
  expect(await written(times)).toEqual(times.slice(1, 3));
  expect(await written(times, { startAt: '2025-01-01' })).toEqual(times.slice(0, 3));
  expect(await written(times, { endAt: '2025-08-01' })).toEqual(times.slice(1));
});

test('a month before the end of March begins with the last day of February', async () => {
  const { written } = open({ now: () => Date.UTC(2025, 2, 31, 12) });
  const times = ['2025-02-27T13:59:59.999Z', '2025-02-27T14:00:00.000Z'];
  expect(await written(times)).toEqual(times.slice(1));
});

test('days begin some minutes before midnight UTC, and the last is left out', async () => {
  const { written, knobs } = open();
  const times = ['2025-03-01T13:59:59.999Z', '2025-03-01T14:00:00.000Z', '2025-03-02T14:00:00.000Z'];
  expect(await written(times, { startAt: '2025-03-02', endAt: '2025-03-03' })).toEqual([times[1]]);
  expect(await written(times, { startAt: '2025-03-02', endAt: '2025-03-02' })).toEqual([]);
  knobs.dayOffsetMinutes = 0;
  expect(await written(times, { startAt: '2025-03-02', endAt: '2025-03-03' })).toEqual([times[2]]);
});

test('submissions carry free keys, and neither a location nor a time of change', () => {
  const rows = open().collection('form_submissions').rows();
  const row = rowAt(rows, 0);
  const others = rows.map((submission) => (isJsonObject(submission['others']) ? submission['others'] : {}));
  expect('locationId' in row || 'updatedAt' in row).toBe(false);
  expect(others.every(({ eventData }) => isJsonObject(eventData))).toBe(true);
  expect(others.some((keys) => 'funneEventData' in keys)).toBe(true);
  expect(others.some((keys) => !('funneEventData' in keys))).toBe(true);
  const ids = new Set(others.flatMap((keys) => Object.keys(keys).filter((key) => key.length === 20)));
  expect(ids.size).toBe(4);
});

test('submissions outlive the forms they belong to', async () => {
  const { ask, collection } = open({ rows: { forms: 0 } });
  const rows = rowsIn(await ask('/forms/submissions', ALWAYS), 'submissions');
  expect(collection('forms').rows()).toEqual([]);
  expect([rows.length, rows.some((row) => 'formId' in row)]).toEqual([20, false]);
});

test.each([
  ['/forms/', ['locationId must be a string', 'locationId should not be empty']],
  ['/forms/?locationId=L&limit=51', ['limit must not be greater than 50']],
  ['/surveys/?locationId=L&page=1', ['property page should not exist']],
  ['/forms/submissions?locationId=L&limit=101', ['limit must not be greater than 100']],
  ['/forms/submissions?locationId=L&surveyId=S', ['property surveyId should not exist']],
  ['/surveys/submissions?locationId=L&formId=F', ['property formId should not exist']],
  [
    '/forms/submissions?locationId=L&startAt=2025-02-30',
    ['startAt must be a valid date in the format YYYY-MM-DD'],
  ],
  [
    '/surveys/submissions?locationId=L&endAt=1735689600000',
    ['endAt must be a valid date in the format YYYY-MM-DD'],
  ],
])('%s is refused with 422', async (path, message) => {
  const reply = await open({ locations: [{ id: 'L' }] }).client.get(path);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('forms and surveys each want their scope', async () => {
  const { ask } = open({ scopes: ['forms.readonly'] });
  const paths = ['/forms/', '/forms/submissions', '/surveys/', '/surveys/submissions'];
  const replies = await Promise.all(paths.map((path) => ask(path)));
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 401, 401]);
});
