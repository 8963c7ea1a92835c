import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { addRow, changeRow, lackOf, rowsOf, subjectOf } from '../support/subjects.ts';
import { idsOf } from '../support/warehouse.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const QUIET = { rateLimits: 'off' } as const;

test.each(['conversations', 'messages', 'object_records'])(
  'what lists show only after a minute is not passed over (%s)',
  async (stream) => {
    const highLevel = await startHighLevel({ knobs: { ...QUIET, indexLagMs: MINUTE_MS } });
    const subject = subjectOf(stream);
    const selection = { [stream]: 'incremental' } as const;
    const connection = connect(highLevel, { settings: { lookback_window_minutes: 2 } });
    const records = [...(await connection.read(selection)).records(stream)];
    for (let round = 0; round < 3; round += 1) {
      highLevel.passTime(HOUR_MS);
      rowsOf(highLevel, subject).add(subject.at?.(highLevel.now()), { lagMs: 0 });
      const id = addRow(highLevel, subject);
      highLevel.passTime(30_000);
      if (subject.stream !== 'object_records') changeRow(highLevel, subject, id, { text: `round ${round}` });
      rowsOf(highLevel, subject).add(subject.at?.(highLevel.now()), { lagMs: 0 });
      records.push(...(await connection.read(selection)).records(stream));
    }
    highLevel.passTime(HOUR_MS);
    records.push(...(await connection.read(selection)).records(stream));
    expect(lackOf(highLevel, subject, records)).toEqual([]);
  },
);

describe('rows dated in the future', () => {
  const FUTURE = '2031-01-01T00:00:00.000Z';
  const DATES: Readonly<Record<string, JsonObject>> = {
    messages: { dateUpdated: FUTURE },
    orders: { updatedAt: FUTURE },
    appointments: { dateUpdated: FUTURE },
    invoices: { updatedAt: FUTURE },
    prices: { updatedAt: FUTURE },
    object_records: { updatedAt: FUTURE },
    conversations: { lastMessageDate: Date.parse(FUTURE), dateUpdated: Date.parse(FUTURE) },
  };

  test.each(Object.keys(DATES))('do not hide those of the present (%s)', async (stream) => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const subject = subjectOf(stream);
    const selection = { [stream]: 'incremental' } as const;
    addRow(highLevel, subject, DATES[stream]);
    highLevel.passTime(HOUR_MS);
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records(stream)];
    expect(lackOf(highLevel, subject, records)).toEqual([]);
    expect(JSON.stringify(connection.states().get(stream))).not.toContain('2031');
    highLevel.passTime(3 * HOUR_MS);
    addRow(highLevel, subject);
    highLevel.passTime(HOUR_MS);
    records.push(...(await connection.read(selection)).records(stream));
    expect(lackOf(highLevel, subject, records)).toEqual([]);
  });

  test.each([
    ['messages', 'dateAdded', 'dateUpdated'],
    ['orders', 'createdAt', 'updatedAt'],
    ['form_submissions', 'createdAt', undefined],
  ])('are read when their time has come (%s)', async (stream, added, updated) => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const subject = subjectOf(stream);
    const selection = { [stream]: 'incremental' } as const;
    const date = new Date(highLevel.now() + 2 * DAY_MS).toISOString();
    rowsOf(highLevel, subject).add({ [added]: date, ...(updated !== undefined && { [updated]: date }) });
    const connection = connect(highLevel);
    const records = [...(await connection.read(selection)).records(stream)];
    for (const days of [1, 2]) {
      highLevel.passTime(days * DAY_MS);
      records.push(...(await connection.read(selection)).records(stream));
    }
    expect(lackOf(highLevel, subject, records)).toEqual([]);
  });
});

test.each(['appointments', 'blocked_slots'])(
  'an event that begins in more than two years is read once it comes nearer (%s)',
  async (stream) => {
    const highLevel = await startHighLevel({ knobs: QUIET });
    const subject = subjectOf(stream);
    const selection = { [stream]: 'incremental' } as const;
    const startTime = new Date(highLevel.now() + 800 * DAY_MS).toISOString();
    const far = addRow(highLevel, subject, { startTime, endTime: startTime });
    highLevel.passTime(5 * HOUR_MS);
    const connection = connect(highLevel);
    const first = await connection.read(selection);
    expect(idsOf(first.records(stream))).not.toContain(far);
    highLevel.passTime(100 * DAY_MS);
    const second = await connection.read(selection);
    expect(idsOf(second.records(stream))).toContain(far);
  },
);
