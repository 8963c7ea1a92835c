import { describe, expect, test } from '@jest/globals';
import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { once } from '../support/stories.ts';
import { addRow, idIn, lackOf, rowsOf, subjectOf } from '../support/subjects.ts';
import { truthOf } from '../support/truth.ts';
import { idsOf, repeatsIn } from '../support/warehouse.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const QUIET = { rateLimits: 'off' } as const;

const TRAPPED = {
  form_submissions: 'incremental',
  survey_submissions: 'incremental',
  appointments: 'incremental',
  blocked_slots: 'incremental',
  messages: 'incremental',
  voice_ai_call_logs: 'incremental',
  email_campaigns: 'incremental',
  products: 'incremental',
  lost_reasons: 'incremental',
  tasks: 'incremental',
  forms: 'full_refresh',
  surveys: 'full_refresh',
  funnels: 'incremental',
  workflows: 'incremental',
} as const;

const firstSync = once(async () => {
  const highLevel = await startHighLevel({
    rows: { blocked_slots: 40, appointments: 40, products: 30, email_campaigns: 40, forms: 40 },
    knobs: QUIET,
  });
  const { world } = highLevel.simulator;
  const locationId = onlyLocation(highLevel);
  const inactive = new Set(
    world
      .collection(locationId, 'calendars')
      .rows()
      .filter(({ isActive }) => isActive === false)
      .map(idIn),
  );
  const run = await connect(highLevel).read(TRAPPED);
  return { highLevel, locationId, inactive, run };
});

type IsTrapped = (row: JsonObject, inactiveCalendars: ReadonlySet<string>) => boolean;
const oldOnes: IsTrapped = (row) => Date.parse(textAt(row, 'createdAt') ?? '') < Date.UTC(2026, 0, 1);

const TRAPS: readonly (readonly [string, keyof typeof TRAPPED, IsTrapped])[] = [
  ['submissions of forms older than the month that is the default', 'form_submissions', oldOnes],
  ['submissions of surveys older than the month that is the default', 'survey_submissions', oldOnes],
  [
    'appointments of inactive calendars',
    'appointments',
    (row, inactive) => inactive.has(textAt(row, 'calendarId') ?? ''),
  ],
  ['cancelled appointments', 'appointments', ({ appointmentStatus }) => appointmentStatus === 'cancelled'],
  [
    'blocked slots of a user and no calendar',
    'blocked_slots',
    (row) => textAt(row, 'calendarId') === undefined && textAt(row, 'assignedUserId') !== undefined,
  ],
  ['e-mails, which the export leaves out', 'messages', ({ messageType }) => messageType === 'TYPE_EMAIL'],
  ['trial calls', 'voice_ai_call_logs', ({ trialCall }) => trialCall === true],
  ['campaigns that are not active', 'email_campaigns', ({ status }) => status !== 'active'],
  ['archived campaigns', 'email_campaigns', ({ archived }) => archived === true],
  [
    'campaigns in folders',
    'email_campaigns',
    ({ parentId }) => typeof parentId === 'string' && parentId !== '',
  ],
  ['products beyond the default page', 'products', () => true],
  ['funnels in folders', 'funnels', ({ parentId }) => typeof parentId === 'string' && parentId !== ''],
  ['deleted lost reasons', 'lost_reasons', ({ deleted }) => deleted === true],
  ['done tasks', 'tasks', ({ completed }) => completed === true],
];

test.each(TRAPS)('%s are read', async (_, stream, isTrapped) => {
  const { highLevel, locationId, inactive, run } = await firstSync();
  const wanted = truthOf(highLevel.simulator.world, stream, locationId).filter((row) =>
    isTrapped(row, inactive),
  );
  expect(wanted).not.toEqual([]);
  const have = new Set(idsOf(run.records(stream)));
  expect(wanted.map(idIn).filter((id) => !have.has(id))).toEqual([]);
});

test.each(['forms', 'surveys', 'funnels', 'workflows', 'email_campaigns'] as const)(
  'folders are no %s',
  async (stream) => {
    const { highLevel, locationId, run } = await firstSync();
    const { world } = highLevel.simulator;
    const wanted = truthOf(world, stream, locationId).map(idIn).sort();
    expect(wanted.length).toBeLessThan(world.collection(locationId, stream).rows().length);
    expect(idsOf(run.records(stream))).toEqual(wanted);
  },
);

test('an export whose cursor expires in the middle is begun anew, and nothing is missing', async () => {
  const highLevel = await startHighLevel({ rows: { messages: 60 }, knobs: { ...QUIET, silentPageSize: 12 } });
  let isExpired = false;
  highLevel.simulator.beforeAnswer(({ query }) => {
    if (query['cursor'] === undefined || isExpired) return;
    isExpired = true;
    highLevel.passTime(2 * MINUTE_MS);
  });
  const run = await connect(highLevel).read({ messages: 'incremental' });
  expect(isExpired).toBe(true);
  expect(run.calls.filter(({ status }) => status === 400)).not.toEqual([]);
  expect(lackOf(highLevel, subjectOf('messages'), run.records('messages'))).toEqual([]);
  expect(repeatsIn(run.records('messages'))).toEqual([]);
});

describe('conversations', () => {
  const conversations = subjectOf('conversations');
  const selection = { conversations: 'incremental' } as const;

  test('that share the millisecond of their last message, and are fewer than a page, are read at once', async () => {
    const highLevel = await startHighLevel({ rows: { conversations: 12 }, knobs: QUIET });
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records('conversations')];
    highLevel.passTime(2 * HOUR_MS);
    const at = highLevel.now();
    for (let row = 0; row < 150; row += 1) {
      addRow(highLevel, conversations, { lastMessageDate: at - Math.floor(row / 60) * 1000 });
    }
    highLevel.passTime(HOUR_MS);
    records.push(...(await connection.read(selection)).records('conversations'));
    expect(lackOf(highLevel, conversations, records)).toEqual([]);
  });

  test('that share the millisecond of their last message, and are more than a page, are all there after a week', async () => {
    const highLevel = await startHighLevel({ rows: { conversations: 12 }, knobs: QUIET });
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records('conversations')];
    highLevel.passTime(2 * HOUR_MS);
    const lastMessageDate = highLevel.now();
    for (let row = 0; row < 130; row += 1) {
      highLevel.passTime(1000);
      addRow(highLevel, conversations, { lastMessageDate });
    }
    const older = addRow(highLevel, conversations, { lastMessageDate: lastMessageDate - 5 * MINUTE_MS });
    highLevel.passTime(HOUR_MS);
    const next = await connection.read(selection);
    records.push(...next.records('conversations'));
    // The walk goes on behind the tie.
    expect(idsOf(next.records('conversations'))).toContain(older);
    highLevel.passTime(8 * DAY_MS);
    records.push(...(await connection.read(selection)).records('conversations'));
    expect(lackOf(highLevel, conversations, records)).toEqual([]);
  });

  test('without a message are read by the first sync, and new ones within a week', async () => {
    const highLevel = await startHighLevel({ rows: { conversations: 12 }, knobs: QUIET });
    const rows = rowsOf(highLevel, conversations);
    const silent = { without: ['lastMessageDate'] };
    const [some = {}] = rows.rows();
    rows.update(idIn(some), {}, silent);
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records('conversations')];
    expect(lackOf(highLevel, conversations, records)).toEqual([]);
    highLevel.passTime(HOUR_MS);
    rows.add({}, silent);
    highLevel.passTime(8 * DAY_MS);
    records.push(...(await connection.read(selection)).records('conversations'));
    expect(lackOf(highLevel, conversations, records)).toEqual([]);
  });
});
