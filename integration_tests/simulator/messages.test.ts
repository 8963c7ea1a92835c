import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, type Reply, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const NOW = Date.UTC(2025, 6, 1);

const open = (options: SimulatorOptions = {}) => {
  const clock = { now: NOW };
  const simulator = createSimulator({ now: () => clock.now, ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (query = '') => client.get(`/conversations/messages/export?locationId=${locationId}${query}`);
  return {
    ...simulator,
    clock,
    ask,
    client,
    messages: simulator.world.collection(locationId, 'messages'),
    conversations: simulator.world.collection(locationId, 'conversations'),
    walk: async (query = '') => {
      const rows: JsonObject[] = [];
      let reply = await ask(query);
      while (rowsIn(reply, 'messages').length > 0) {
        rows.push(...rowsIn(reply, 'messages'));
        reply = await ask(`${query}&cursor=${cursorOf(reply)}`);
      }
      return rows;
    },
  };
};

const cursorOf = ({ body }: Reply): string => textOf(body['nextCursor']);
const isoOf = (epochMs: number): string => new Date(epochMs).toISOString();
const texts = (times: readonly number[]): readonly JsonObject[] =>
  times.map((at, ordinal) => ({
    id: `m${String(ordinal).padStart(2, '0')}`,
    messageType: 'TYPE_SMS',
    dateAdded: isoOf(at),
    dateUpdated: isoOf(at),
  }));

test('without a channel every message comes but the e-mails, and nothing says so', async () => {
  const { walk, messages } = open();
  const [rest, mails] = [await walk(), await walk('&channel=Email')];
  expect(mails.every((row) => row['messageType'] === 'TYPE_EMAIL')).toBe(true);
  expect([rest.length, mails.length]).toEqual([22, 8]);
  expect(idsOf([...rest, ...mails]).toSorted()).toEqual(idsOf(messages.rows()).toSorted());
});

test('a channel gives its own messages only', async () => {
  const { walk } = open();
  const typesOf = async (channel: string) => [
    ...new Set((await walk(`&channel=${channel}`)).map((row) => row['messageType'])),
  ];
  expect([await typesOf('SMS'), await typesOf('Call')]).toEqual([['TYPE_SMS'], ['TYPE_CALL']]);
});

test('the cursor is there as long as a page has rows, also on the last one', async () => {
  const { ask } = open();
  const all = await ask('&limit=500');
  expect([rowsIn(all, 'messages').length, all.body['total']]).toEqual([22, 22]);
  expect(Buffer.from(cursorOf(all), 'base64url').toString()).toContain('"pitId"');
  const after = await ask(`&limit=500&cursor=${cursorOf(all)}`);
  expect([rowsIn(after, 'messages'), after.body['nextCursor'], after.body['total']]).toEqual([[], null, 22]);
});

test.each([
  ['', 'dateAdded', 'desc'],
  ['&sortOrder=asc', 'dateAdded', 'asc'],
  ['&sortBy=updatedAt&sortOrder=asc', 'dateUpdated', 'asc'],
])('with "%s" messages are in the order of %s %s', async (query, key, order) => {
  const { walk, messages, knobs } = open();
  knobs.silentPageSize = 6;
  messages.update(textOf(rowAt(messages.rows(), 0)['id']), {});
  const times = (await walk(query)).map((row) => textOf(row[key]));
  const sorted = times.toSorted();
  expect(times).toEqual(order === 'asc' ? sorted : sorted.toReversed());
});

test('all messages of one millisecond are met across pages', async () => {
  const { walk, messages } = open();
  messages.set(texts(Array.from({ length: 35 }, () => 1_000)));
  expect(new Set(idsOf(await walk('&limit=10'))).size).toBe(35);
});

test('a cursor is only good with the parameters it was given for', async () => {
  const { ask } = open();
  const cursor = cursorOf(await ask('&limit=10&sortOrder=asc'));
  const replies = await Promise.all(
    ['&limit=10', '&limit=20&sortOrder=asc', '&limit=10&sortOrder=asc&channel=SMS'].map((query) =>
      ask(`${query}&cursor=${cursor}`),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect((await ask('&cursor=made-up')).body['message']).toBe('Invalid cursor');
  expect((await ask(`&limit=10&sortOrder=asc&cursor=${cursor}`)).status).toBe(200);
});

test('a cursor expires a minute after it was given, or when the knob says', async () => {
  const { ask, clock, knobs } = open();
  const next = async (cursor: string) => ask(`&limit=10&cursor=${cursor}`);
  const first = cursorOf(await ask('&limit=10'));
  clock.now += 59_999;
  const second = await next(first);
  clock.now += 1;
  const late = await next(first);
  expect([late.status, late.body['message']]).toEqual([400, 'Cursor expired']);
  clock.now += 50_000;
  expect((await next(cursorOf(second))).status).toBe(200);
  knobs.exportCursorLifetimeMs = 1_000;
  expect((await next(cursorOf(second))).body['message']).toBe('Cursor expired');
});

test('an export is a point in time: what is added later is not in it, what is deleted is gone', async () => {
  const { ask, messages, clock } = open();
  messages.set(texts(Array.from({ length: 15 }, (_, at) => 1_000 + at)));
  const first = await ask('&limit=10&sortOrder=asc');
  clock.now += 1_000;
  messages.add({ id: 'late', messageType: 'TYPE_SMS', dateAdded: isoOf(1_012) });
  messages.remove('m11');
  const second = await ask(`&limit=10&sortOrder=asc&cursor=${cursorOf(first)}`);
  expect(idsOf(rowsIn(second, 'messages'))).toEqual(['m10', 'm12', 'm13', 'm14']);
  expect((await ask('&limit=500')).body['total']).toBe(15);
});

test('an export does not know what the index does not know yet', async () => {
  const { ask, messages, clock, knobs } = open();
  knobs.indexLagMs = 5_000;
  messages.set(texts([1_000]));
  messages.add({ id: 'late', messageType: 'TYPE_SMS' });
  const first = await ask();
  clock.now += 5_000;
  expect(rowsIn(await ask(`&cursor=${cursorOf(first)}`), 'messages')).toEqual([]);
  expect((await ask()).body['total']).toBe(2);
});

test('bounds are on when a message was added, as ISO text or digits, and belong to no window', async () => {
  const { ask, messages } = open();
  messages.set(texts([1_000, 2_000, 3_000]));
  const windows = ['&startDate=1000&endDate=3000', `&startDate=${isoOf(1_000)}&endDate=${isoOf(3_000)}`];
  for (const window of windows) expect(idsOf(rowsIn(await ask(window), 'messages'))).toEqual(['m01']);
});

test('messages belong to a conversation and its contact', async () => {
  const { ask, messages, conversations } = open();
  const contacts = new Map(conversations.rows().map(({ id, contactId }) => [id, contactId]));
  for (const { conversationId = null, contactId } of messages.rows())
    expect(contacts.get(conversationId)).toBe(contactId);
  const [id] = [...contacts.keys()];
  const replies = [
    await ask(`&conversationId=${textOf(id)}`),
    await ask(`&contactId=${textOf(contacts.get(textOf(id)))}`),
  ];
  expect(replies.map(({ body }) => body['total'])).toEqual([2, 2]);
});

test('messages come without conversations, too', async () => {
  const { walk } = open({ rows: { conversations: 0 } });
  expect((await walk()).map((row) => row['conversationId'])).toEqual(Array.from({ length: 22 }, () => ''));
});

test.each([
  ['&limit=9', 'limit must not be less than 10'],
  ['&limit=501', 'limit must not be greater than 500'],
  ['&skip=1', 'property skip should not exist'],
  ['&channel=email', expect.stringContaining('channel must be one of')],
  ['&sortBy=dateAdded', expect.stringContaining('createdAt, updatedAt')],
  ['&startDate=2025-13-01', 'startDate must be a valid ISO 8601 date string'],
  ['&endDate=2025-01-01T00:00:00', 'endDate must be a valid ISO 8601 date string'],
])('%s is refused with 422', async (query, message) => {
  const reply = await open().ask(query);
  expect([reply.status, reply.body['message']]).toEqual([422, [message]]);
});

test('an export needs a location and its scope', async () => {
  const { client, ask, admin } = open();
  expect((await client.get('/conversations/messages/export')).status).toBe(422);
  admin.removeScope('conversations/message.readonly');
  expect((await ask()).status).toBe(401);
});
