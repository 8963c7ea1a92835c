import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const NOW = Date.UTC(2025, 6, 1);

const open = (options: SimulatorOptions = {}) => {
  const clock = { now: NOW };
  const simulator = createSimulator({ now: () => clock.now, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (path: string, query = '') => client.get(`${path}?locationId=${locationId}${query}`);
  return {
    ...simulator,
    clock,
    ask,
    client,
    locationId,
    search: (query = '') => ask('/conversations/search', query),
    callLogs: (query = '') => ask('/voice-ai/dashboard/call-logs', query),
    conversations: simulator.world.collection(locationId, 'conversations'),
    calls: simulator.world.collection(locationId, 'voice_ai_call_logs'),
  };
};

const found = async (reply: ReturnType<ReturnType<typeof open>['search']>) =>
  rowsIn(await reply, 'conversations');
const talks = (dates: readonly (number | null)[]): readonly JsonObject[] =>
  dates.map((lastMessageDate, at) => ({
    id: `c${at}`,
    dateAdded: 100 + at,
    ...(lastMessageDate !== null && { lastMessageDate }),
  }));

test('conversations are the world by last message, newest first, twenty a page, with their sort value', async () => {
  const { search, conversations } = open({ rows: { conversations: 25 } });
  const reply = await search();
  const rows = rowsIn(reply, 'conversations');
  const dates = rows.map((row) => Number(row['lastMessageDate'] ?? 0));
  expect([rows.length, reply.body['total']]).toEqual([20, 25]);
  expect(dates).toEqual(dates.toSorted((left, right) => right - left));
  expect(rowAt(rows, 0)['sort']).toEqual([dates[0]]);
  const plain = rows.map(({ sort: _, ...row }) => row);
  expect(conversations.rows()).toEqual(expect.arrayContaining(plain));
  expect([rowAt(plain, 0)['dateAdded'], rowAt(plain, 0)['dateUpdated']]).toEqual([
    expect.any(Number),
    expect.any(Number),
  ]);
});

test('about one seeded conversation in fifteen lacks its last message date, and some have the same', () => {
  const { conversations } = open({ rows: { conversations: 30 } });
  const dates = conversations.rows().map((row) => row['lastMessageDate']);
  const known = dates.filter((date) => date !== undefined);
  expect(known).toHaveLength(28);
  expect(new Set(known).size).toBeLessThan(28);
});

test('rows that tie with the last one of a page are lost by startAfterDate', async () => {
  const { search, conversations } = open();
  conversations.set(talks([10, 20, 20, 20, 30]));
  expect(idsOf(await found(search('&sort=asc&limit=2')))).toEqual(['c0', 'c1']);
  expect(idsOf(await found(search('&sort=asc&limit=2&startAfterDate=20')))).toEqual(['c4']);
  expect(idsOf(await found(search('&startAfterDate=20')))).toEqual(['c0']);
});

test.each(['asc', 'desc'])('rows without a last message come last %s, after any date', async (sort) => {
  const { search, conversations } = open();
  conversations.set(talks([null, 20, 10]));
  const rows = await found(search(`&sort=${sort}`));
  expect(rowAt(rows, 2)).toMatchObject({ id: 'c0', sort: [null] });
  const behind = await search(`&sort=${sort}&startAfterDate=${sort === 'asc' ? 20 : 10}`);
  expect(idsOf(rowsIn(behind, 'conversations'))).toEqual(['c0']);
  expect(behind.body['total']).toBe(3);
});

test('startDate and endDate bound when a conversation was added, and neither belongs to the window', async () => {
  const { search, conversations } = open();
  conversations.set(talks([1, 2, 3, 4]));
  const reply = await search('&startDate=100&endDate=103&sort=asc');
  expect([idsOf(rowsIn(reply, 'conversations')), reply.body['total']]).toEqual([['c1', 'c2'], 2]);
});

test('conversations are filtered by who they are with, assigned to and how they stand', async () => {
  const { search, conversations } = open();
  conversations.set([
    { id: 'a', dateAdded: 1, contactId: 'x', assignedTo: 'u', unreadCount: 2, lastMessageType: 'TYPE_SMS' },
    { id: 'b', dateAdded: 1, contactId: 'y', starred: true, unreadCount: 0, fullName: 'Ana Ruiz' },
  ]);
  const ids = await Promise.all(
    [
      '&contactId=x',
      '&assignedTo=u,v',
      '&assignedTo=unassigned',
      '&status=unread',
      '&status=starred',
      '&lastMessageType=TYPE_SMS',
    ].map(async (query) => idsOf(await found(search(query))).join('')),
  );
  expect(ids).toEqual(['a', 'a', 'b', 'a', 'b', 'a']);
});

test('searches show a new conversation only after the lag of the index', async () => {
  const { search, conversations, clock, knobs } = open({ rows: { conversations: 0 } });
  knobs.indexLagMs = 5_000;
  conversations.add({ lastMessageDate: NOW });
  expect((await search()).body['total']).toBe(0);
  clock.now += 5_000;
  expect((await search()).body['total']).toBe(1);
});

test('pages of conversations may be cut without a word, and the total may drift', async () => {
  const { search, knobs } = open();
  knobs.silentPageSize = 6;
  knobs.reportedTotal = (total) => total - 1;
  const reply = await search('&limit=100');
  expect([rowsIn(reply, 'conversations').length, reply.body['total']]).toEqual([6, 19]);
});

test.each([
  ['/conversations/search', '&page=1', 'property page should not exist'],
  ['/conversations/search', '&limit=101', 'limit must not be greater than 100'],
  ['/conversations/search', '&sortBy=overdue_at', expect.stringContaining('sortBy must be one of')],
  ['/conversations/search', '&sort=ascend', expect.stringContaining('asc, desc')],
  ['/conversations/search', '&startAfterDate=2025-01-01', expect.stringContaining('startAfterDate')],
  ['/voice-ai/dashboard/call-logs', '&limit=10', 'property limit should not exist'],
  ['/voice-ai/dashboard/call-logs', '&pageSize=51', 'pageSize must not be greater than 50'],
  ['/voice-ai/dashboard/call-logs', '&page=0', 'page must not be less than 1'],
  ['/voice-ai/dashboard/call-logs', '&startDate=1', expect.stringContaining('together')],
  ['/voice-ai/dashboard/call-logs', '&startDate=2&endDate=2', 'startDate must be less than endDate'],
])('%s with %s is refused with 422', async (path, query, message) => {
  const reply = await open().ask(path, query);
  expect([reply.status, reply.body['message']]).toEqual([422, [message]]);
});

test.each(['/conversations/search', '/voice-ai/dashboard/call-logs'])(
  '%s needs a location and its scope',
  async (path) => {
    const { client, ask, admin } = open();
    expect((await client.get(path)).status).toBe(422);
    admin.removeScope(path.includes('voice') ? 'voice-ai-dashboard.readonly' : 'conversations.readonly');
    expect((await ask(path)).status).toBe(401);
  },
);

test('call logs come newest first, ten a page, and oldest first when asked to ascend', async () => {
  const { callLogs, calls } = open();
  const oldest = calls
    .rows()
    .map(({ createdAt }) => createdAt)
    .toSorted();
  const timesOf = async (query: string) =>
    rowsIn(await callLogs(query), 'callLogs').map(({ createdAt }) => createdAt);
  expect([...(await timesOf('')), ...(await timesOf('&page=2'))]).toEqual(oldest.toReversed());
  expect(await timesOf('&sortBy=createdAt&sort=ascend&pageSize=50')).toEqual(oldest);
  expect(await timesOf('&sort=ascend&pageSize=50')).toEqual(oldest.toReversed());
  expect((await callLogs('&page=2&pageSize=5')).body).toMatchObject({ total: 14, page: 2, pageSize: 5 });
});

test('neither bound belongs to the window of call logs', async () => {
  const { callLogs, calls } = open();
  calls.set([1, 2, 3].map((at) => ({ id: `k${at}`, createdAt: new Date(at).toISOString() })));
  expect(idsOf(rowsIn(await callLogs('&startDate=1&endDate=3'), 'callLogs'))).toEqual(['k2']);
});

test('call logs are filtered by agent, contact and kind', async () => {
  const { callLogs, calls } = open({ variations: false });
  const { agentId, contactId } = rowAt(calls.rows(), 0);
  const totals = await Promise.all(
    [`&agentId=${textOf(agentId)}`, `&contactId=${textOf(contactId)},x`, '&callType=TRIAL'].map(
      async (query) => (await callLogs(query)).body['total'],
    ),
  );
  expect(totals).toEqual([5, 1, 3]);
});
