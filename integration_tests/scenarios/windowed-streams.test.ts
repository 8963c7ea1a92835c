import { describe, expect, test } from '@jest/globals';
import { connect } from '../support/connection.ts';
import {
  once,
  selectionOf,
  startForty,
  tellOfChangesBetween,
  tellOfChangesDuring,
} from '../support/stories.ts';
import { changeRow, idIn, lackOf, rowsOf, WINDOWED } from '../support/subjects.ts';
import { idsOf } from '../support/warehouse.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PATHS: Readonly<Record<string, RegExp>> = {
  messages: /^\/conversations\/messages\/export$/,
  form_submissions: /^\/forms\/submissions$/,
  survey_submissions: /^\/surveys\/submissions$/,
  orders: /^\/payments\/orders$/,
  transactions: /^\/payments\/transactions$/,
  appointments: /^\/calendars\/events$/,
  blocked_slots: /^\/calendars\/blocked-slots$/,
  voice_ai_call_logs: /^\/voice-ai\/dashboard\/call-logs$/,
  conversations: /^\/conversations\/search$/,
};

const changesBetween = once(() => tellOfChangesBetween(WINDOWED, [3, 20, 26]));
const changesDuring = once(() => tellOfChangesDuring(WINDOWED, { paths: PATHS, pauses: [1, 8] }));

/** An old row of each stream changes, and nobody uses it; then come a day and a week. */
const lateChanges = once(async () => {
  const highLevel = await startForty(WINDOWED);
  const connection = connect(highLevel);
  const oldest = new Map(
    WINDOWED.map((subject) => [subject.stream, idIn(rowsOf(highLevel, subject).rows()[0] ?? {})]),
  );
  const first = await connection.read(selectionOf(WINDOWED));
  highLevel.passTime(HOUR_MS);
  for (const subject of WINDOWED) {
    changeRow(highLevel, subject, oldest.get(subject.stream) ?? '', { text: 'changed late', isUsed: false });
  }
  highLevel.passTime(DAY_MS);
  const next = await connection.read(selectionOf(WINDOWED));
  highLevel.passTime(7 * DAY_MS);
  const weekly = await connection.read(selectionOf(WINDOWED));
  return new Map(
    WINDOWED.map((subject) => {
      const { stream } = subject;
      const all = [...first.records(stream), ...weekly.records(stream)];
      return [
        stream,
        {
          before: idsOf(next.records(stream)),
          weekly: idsOf(weekly.records(stream)).filter((id) => id === oldest.get(stream)),
          lack: lackOf(highLevel, subject, all),
        },
      ];
    }),
  );
});

describe.each(WINDOWED)('$stream', ({ stream }) => {
  test('that appear, change and disappear between syncs are as HighLevel has them, but for the deleted', async () => {
    expect((await changesBetween()).get(stream)).toEqual([]);
  });

  test('that appear, change and disappear during a sync take nothing with them', async () => {
    expect((await changesDuring()).get(stream)).toEqual([]);
  });

  test('that change where the trailing window does not reach come with the weekly pass, and not before', async () => {
    const { before, weekly, lack } = (await lateChanges()).get(stream) ?? {};
    expect(before).toEqual([]);
    expect(weekly).toHaveLength(1);
    expect(lack).toEqual([]);
  });
});
