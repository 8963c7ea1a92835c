import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import { idOf, iso, type Site } from './site.ts';

const HOUR_MS = 3_600_000;

const startOf = (row: JsonObject): number => Date.parse(textAt(row, 'startTime') ?? '');

/** One of a series is called after its start, so it is not moved. */
const isAhead = (row: JsonObject, now: number): boolean =>
  startOf(row) > now &&
  row['deleted'] !== true &&
  row['isRecurring'] !== true &&
  ['new', 'confirmed'].includes(textAt(row, 'appointmentStatus') ?? '');

const aheadAt = ({ rows, inHours }: Site): readonly JsonObject[] =>
  rows('appointments')
    .rows()
    .filter((row) => isAhead(row, inHours(0)));

/** One an hour, from tomorrow on. */
export const bookAppointments = ({ rows, inHours }: Site, count: number): void => {
  for (let index = 0; index < count; index += 1) {
    const startAt = inHours(24 + index);
    rows('appointments').add(
      {
        startTime: iso(startAt),
        endTime: iso(startAt + HOUR_MS / 2),
        appointmentStatus: 'confirmed',
        deleted: false,
        isRecurring: false,
      },
      { without: ['appoinmentStatus', 'rrule', 'masterEventId'] },
    );
  }
};

/** The next ones, by two days. @returns how many there were */
export const moveAppointments = (site: Site, most: number): number => {
  const ahead = aheadAt(site).slice(0, most);
  for (const row of ahead) {
    const startAt = startOf(row) + 48 * HOUR_MS;
    site
      .rows('appointments')
      .update(idOf(row), { startTime: iso(startAt), endTime: iso(startAt + HOUR_MS / 2) });
  }
  return ahead.length;
};

/** @returns how many there were */
export const cancelAppointments = (site: Site, most: number): number => {
  const last = aheadAt(site).slice(-most);
  for (const row of last) {
    const cancelled = { appointmentStatus: 'cancelled' };
    site.rows('appointments').update(idOf(row), cancelled, { without: ['appoinmentStatus'] });
  }
  return last.length;
};
