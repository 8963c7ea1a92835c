import { expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { CollectionKind } from './collections/kinds.ts';
import type { SimulatorOptions } from './options.ts';
import { createSimulator } from './simulator.ts';
import { createTestClient, firstLocation, idsOf, rowAt, rowsIn } from './test-client.ts';
import { textOf } from './text-of.ts';

const FOREVER = { startTime: '0', endTime: '4000000000000' };
const EVENTS = [
  ['/calendars/events', 'appointments'],
  ['/calendars/blocked-slots', 'blocked_slots'],
] as const;

const open = (options: SimulatorOptions = {}) => {
  const simulator = createSimulator({ contactsPerLocation: 10, now: () => Date.UTC(2025, 6, 1), ...options });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  const ask = (path: string, query: Readonly<Record<string, string>> = {}) =>
    client.get(`${path}?${new URLSearchParams({ locationId, ...query }).toString()}`);
  const events = async (query: Readonly<Record<string, string>>, path = '/calendars/events') =>
    rowsIn(await ask(path, { ...FOREVER, ...query }), 'events');
  const collection = (kind: CollectionKind) => simulator.world.collection(locationId, kind);
  return { ...simulator, client, locationId, ask, events, collection };
};

const startOf = ({ startTime }: JsonObject): number => Date.parse(textOf(startTime));

test('users name their location in their role only, and some are deleted', async () => {
  const { ask, locationId, collection } = open();
  const users = rowsIn(await ask('/users/'), 'users');
  expect(idsOf(users)).toEqual(idsOf(collection('users').rows()).toReversed());
  expect(users.some((row) => 'locationId' in row)).toBe(false);
  expect(users.map(({ roles }) => (isJsonObject(roles) ? roles['locationIds'] : undefined))).toEqual(
    users.map(() => [locationId]),
  );
  expect(users.map(({ deleted }) => deleted === true)).toEqual([true, false, false, false]);
});

test('the owners of appointments are users of the list', async () => {
  const { ask, collection } = open();
  const users = idsOf(rowsIn(await ask('/users'), 'users'));
  const owners = collection('appointments')
    .rows()
    .flatMap(({ assignedUserId }) => (assignedUserId === undefined ? [] : [textOf(assignedUserId)]));
  expect(owners.length).toBeGreaterThan(0);
  expect(owners.every((id) => users.includes(id))).toBe(true);
});

test('inactive calendars come along unless drafts are declined', async () => {
  const { ask } = open();
  const all = rowsIn(await ask('/calendars/'), 'calendars');
  const active = rowsIn(await ask('/calendars/', { showDrafted: 'false' }), 'calendars');
  expect([all.length, active.length]).toEqual([8, 6]);
  expect(rowsIn(await ask('/calendars/', { showDrafted: 'true' }), 'calendars')).toEqual(all);
  expect(active.every(({ isActive }) => isActive === true)).toBe(true);
});

test('calendars carry no dates, and most are in a group of the list of groups', async () => {
  const { ask } = open();
  const calendars = rowsIn(await ask('/calendars/'), 'calendars');
  const groups = idsOf(rowsIn(await ask('/calendars/groups'), 'groups'));
  const used = calendars.flatMap(({ groupId }) => (groupId === undefined ? [] : [textOf(groupId)]));
  expect(calendars.some((row) => 'dateAdded' in row || 'dateUpdated' in row)).toBe(false);
  expect([used.length, used.every((id) => groups.includes(id))]).toEqual([6, true]);
  const [groupId = ''] = used;
  const ofGroup = rowsIn(await ask('/calendars/', { groupId }), 'calendars');
  expect(idsOf(ofGroup)).toEqual(idsOf(calendars.filter((row) => row['groupId'] === groupId)));
});

test.each(EVENTS)('%s asks by calendar, and gives what is in it by its start', async (path, kind) => {
  const { events, collection } = open();
  const calendarId = textOf(rowAt(collection(kind).rows(), 0)['calendarId']);
  const rows = await events({ calendarId }, path);
  const expected = collection(kind)
    .rows()
    .filter((row) => row['calendarId'] === calendarId);
  expect(idsOf(rows).toSorted()).toEqual(idsOf(expected).toSorted());
  expect(rows.map(startOf)).toEqual(rows.map(startOf).toSorted((left, right) => left - right));
});

test.each(EVENTS)('%s asks by user and by the group of the calendar', async (path, kind) => {
  const { events, collection } = open();
  const rows = collection(kind).rows();
  const userId = textOf(rowAt(rows, 0)['assignedUserId']);
  const groupId = idsOf(collection('calendar_groups').rows())[0] ?? '';
  const grouped = idsOf(
    collection('calendars')
      .rows()
      .filter((row) => row['groupId'] === groupId),
  );
  const ofUser = rows.filter(({ assignedUserId }) => assignedUserId === userId);
  const ofGroup = rows.filter(({ calendarId }) => grouped.includes(textOf(calendarId)));
  expect(idsOf(await events({ userId }, path)).toSorted()).toEqual(idsOf(ofUser).toSorted());
  expect(idsOf(await events({ groupId }, path)).toSorted()).toEqual(idsOf(ofGroup).toSorted());
  expect(ofGroup.length).toBeGreaterThan(0);
});

test('a window is about the start and leaves out both of its ends', async () => {
  const { events, collection } = open();
  const row = rowAt(collection('appointments').rows(), 0);
  const [calendarId, at] = [textOf(row['calendarId']), startOf(row)];
  const found = async (from: number, to: number) =>
    idsOf(await events({ calendarId, startTime: String(from), endTime: String(to) })).includes(
      textOf(row['id']),
    );
  expect(await found(at - 1, at + 1)).toBe(true);
  expect(await found(at, at + 1)).toBe(false);
  expect(await found(at - 1, at)).toBe(false);
});

test('an appointment that was moved is found by its new start, however it is written', async () => {
  const { events, collection } = open();
  const row = rowAt(collection('appointments').rows(), 0);
  collection('appointments').update(textOf(row['id']), { startTime: '2030-01-01T00:30:00+01:00' });
  const at = Date.UTC(2029, 11, 31, 23, 30);
  const rows = await events({
    calendarId: textOf(row['calendarId']),
    startTime: String(at - 1),
    endTime: String(at + 1),
  });
  expect(idsOf(rows)).toEqual(idsOf([row]));
  expect(rowAt(rows, 0)['dateUpdated']).toBe('2025-07-01T00:00:00.000Z');
});

test('appointments are cancelled, deleted, repeated and misspelled', () => {
  const rows = open().collection('appointments').rows();
  const shares = [
    rows.filter(({ appointmentStatus }) => appointmentStatus === 'cancelled'),
    rows.filter(({ deleted }) => deleted === true),
    rows.filter(({ masterEventId, id }) => textOf(id).startsWith(`${textOf(masterEventId)}_`)),
    rows.filter(({ appoinmentStatus: typo, appointmentStatus }) => typo === appointmentStatus),
    rows.filter(({ assignedUserId }) => assignedUserId === undefined),
  ].map(({ length }) => length > 0 && length < rows.length);
  expect(shares).toEqual([true, true, true, true, true]);
});

test('times are local with an offset, and dates of writing are not', () => {
  const row = rowAt(open().collection('appointments').rows(), 0);
  const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00[+-]\d\d:\d\d$/;
  expect([textOf(row['startTime']), textOf(row['endTime'])]).toEqual([
    expect.stringMatching(local),
    expect.stringMatching(local),
  ]);
  expect(textOf(row['dateAdded'])).toMatch(/Z$/);
});

test('a third of the blocked slots has no calendar and comes only by user', async () => {
  const { events, collection } = open();
  const rows = collection('blocked_slots').rows();
  const free = rows.filter((row) => !('calendarId' in row));
  expect(free).toHaveLength(rows.length / 3);
  const path = '/calendars/blocked-slots';
  const calendars = idsOf(collection('calendars').rows());
  const groups = idsOf(collection('calendar_groups').rows());
  const byOwner = await Promise.all([
    ...calendars.map((calendarId) => events({ calendarId }, path)),
    ...groups.map((groupId) => events({ groupId }, path)),
  ]);
  const found = idsOf(byOwner.flat());
  expect(idsOf(free).some((id) => found.includes(id))).toBe(false);
  const owned = await events({ userId: textOf(rowAt(free, 0)['assignedUserId']) }, path);
  expect(idsOf(owned)).toContain(idsOf(free)[0]);
});

test('events of a calendar that is gone come by user only', async () => {
  const { events, ask, collection } = open();
  const row = rowAt(collection('appointments').rows(), 0);
  const [calendarId, userId] = [textOf(row['calendarId']), textOf(row['assignedUserId'])];
  collection('calendars').remove(calendarId);
  const reply = await ask('/calendars/events', { ...FOREVER, calendarId });
  expect([reply.status, reply.body['message']]).toEqual([400, 'Calendar not found']);
  expect(idsOf(await events({ userId }))).toContain(row['id']);
  expect(idsOf(await events({ groupId: textOf(row['groupId']) }))).not.toContain(row['id']);
});

test('a location without calendars has appointments that are in none', async () => {
  const { events, collection } = open({ rows: { calendars: 0, calendar_groups: 0, forms: 0 } });
  const row = rowAt(collection('appointments').rows(), 0);
  expect('calendarId' in row).toBe(false);
  expect(idsOf(await events({ userId: textOf(row['assignedUserId']) }))).toContain(row['id']);
});

const OWNER_MISSING = ['Either of calendarId, userId or groupId is required'];

test.each([
  ['/users/', ['locationId must be a string', 'locationId should not be empty']],
  ['/users/?locationId=L&limit=10', ['property limit should not exist']],
  ['/calendars/?locationId=L&skip=10', ['property skip should not exist']],
  [
    '/calendars/?locationId=L&showDrafted=no',
    ['showDrafted must be one of the following values: true, false'],
  ],
  ['/calendars/groups?locationId=L&groupId=G', ['property groupId should not exist']],
  ['/calendars/events?locationId=L&startTime=1&endTime=2', OWNER_MISSING],
  ['/calendars/blocked-slots?locationId=L&startTime=1&endTime=2&userId=', OWNER_MISSING],
  [
    '/calendars/events?locationId=L&startTime=1&userId=U',
    ['endTime must be a string', 'endTime should not be empty'],
  ],
  [
    '/calendars/events?locationId=L&startTime=2025-01-01&endTime=2&userId=U',
    ['startTime must be a number string'],
  ],
  [
    '/calendars/events?locationId=L&startTime=1&endTime=2&userId=U&limit=1',
    ['property limit should not exist'],
  ],
])('%s is refused with 422', async (path, message) => {
  const reply = await open({ locations: [{ id: 'L' }] }).client.get(path);
  expect([reply.status, reply.body['message']]).toEqual([422, message]);
});

test('each list wants its own scope', async () => {
  const { ask } = open({ scopes: ['contacts.readonly'] });
  const paths = [
    '/users/',
    '/calendars/',
    '/calendars/groups',
    '/calendars/events',
    '/calendars/blocked-slots',
  ];
  const replies = await Promise.all(paths.map((path) => ask(path)));
  expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
});
