import type { JsonObject } from '../../../../src/foundation/json.ts';
import { createRandom, hashOfText, type Random } from '../../random.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { groupOfCalendar } from './calendar-row.ts';

const MINUTE_MS = 60_000;
const QUARTER_HOUR_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;
/** Minutes that a location's clocks are ahead of UTC. */
const CLOCKS = [
  { winter: -300, summer: -240 },
  { winter: -480, summer: -420 },
  { winter: 60, summer: 120 },
  { winter: 330, summer: 330 },
];
const STATUSES = ['confirmed', 'confirmed', 'new', 'showed', 'noshow', 'cancelled', 'invalid'];

interface Slot {
  /** Milliseconds since the epoch. */
  readonly startAt: number;
  readonly endAt: number;
}

/** From a month before it was booked to four months after; the first draws of a row. */
const slotOf = (seed: CollectionSeed, ordinal: number, random: Random): Slot => {
  const days = -29 + random.next() * 148;
  const startAt = Math.round((seed.addedAt(ordinal) + days * DAY_MS) / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
  return { startAt, endAt: startAt + random.pick([30, 45, 60, 120]) * MINUTE_MS };
};

const offsetOf = (seed: CollectionSeed, epochMs: number): number => {
  const { winter, summer } = createRandom(hashOfText(seed.locationId)).pick(CLOCKS);
  const month = new Date(epochMs).getUTCMonth();
  return month >= 3 && month <= 9 ? summer : winter;
};

/** By the location's clock, without milliseconds and with the offset in the text. */
const localIso = (seed: CollectionSeed, epochMs: number): string => {
  const offset = offsetOf(seed, epochMs);
  const two = (value: number): string => String(value).padStart(2, '0');
  const ahead = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
  return `${new Date(epochMs + offset * MINUTE_MS).toISOString().slice(0, 19)}${zone}`;
};

const isRecurring = (ordinal: number): boolean => ordinal % 6 === 4;
const masterId = (seed: CollectionSeed, ordinal: number): string => seed.random(-2 - ordinal).id();

/** One of a series is called after the series, its start and how many seconds it takes. */
const instanceId = (seed: CollectionSeed, ordinal: number): string | undefined => {
  if (!isRecurring(ordinal)) return undefined;
  const { startAt, endAt } = slotOf(seed, ordinal, seed.random(ordinal));
  return `${masterId(seed, ordinal)}_${startAt}_${(endAt - startAt) / 1000}`;
};

const series = (seed: CollectionSeed, ordinal: number, random: Random): JsonObject => {
  if (!isRecurring(ordinal)) return seed.variations && random.chance(0.5) ? {} : { isRecurring: false };
  return {
    isRecurring: true,
    rrule: random.pick(['RRULE:FREQ=DAILY;INTERVAL=1;COUNT=5', 'RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=12']),
    masterEventId: masterId(seed, ordinal),
  };
};

const calendarOf = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const calendars = seed.idsOf('calendars');
  const at = ordinal % calendars.length;
  const calendarId = calendars[at];
  const groupId = calendarId === undefined ? undefined : groupOfCalendar(seed, at);
  return { ...(calendarId !== undefined && { calendarId }), ...(groupId !== undefined && { groupId }) };
};

/** Some rows are deleted; of the others some do not say that they are not. */
const deletion = (seed: CollectionSeed, ordinal: number, random: Random): JsonObject => {
  const deleted = ordinal % 8 === 6;
  return deleted || !seed.variations || random.chance(0.4) ? { deleted } : {};
};

const times = (seed: CollectionSeed, { startAt, endAt }: Slot): JsonObject => ({
  startTime: localIso(seed, startAt),
  endTime: localIso(seed, endAt),
});

const appointment = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const slot = slotOf(seed, ordinal, random);
  const status = random.pick(STATUSES);
  const isOnline = random.chance(0.5);
  return {
    address: isOnline ? 'https://meet.example.com/yqp-gogr-wve' : `${random.int(1, 900)} Example Way`,
    title: random.pick(['Discovery call', 'Cleaning', 'Roof inspection']),
    ...calendarOf(seed, ordinal),
    locationId: seed.locationId,
    contactId: seed.contactId(ordinal),
    appointmentStatus: status,
    // The name that HighLevel misspelled stays beside the right one.
    ...(seed.variations && random.chance(0.5) ? { appoinmentStatus: status } : {}),
    // Bookings on calendars without a team are nobody's.
    ...(seed.variations && ordinal % 11 === 10 ? {} : { assignedUserId: seed.userId(ordinal) }),
    users: random.chance(0.3) ? [seed.userId(ordinal + 1)] : [],
    ...(random.chance(0.4) ? { notes: 'Prefers mornings.' } : {}),
    ...(random.chance(0.4) ? { description: 'Booked by phone.\nCall before.' } : {}),
    ...series(seed, ordinal, random),
    ...times(seed, slot),
    assignedResources: random.chance(0.2) ? [random.id()] : [],
    createdBy: random.chance(0.5)
      ? { source: 'booking_widget' }
      : { source: 'calendar_page', userId: seed.userId(ordinal + 2) },
    ...deletion(seed, ordinal, random),
  };
};

/** One in three blocks a user's time, whatever the calendar. */
const blockedSlot = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const slot = slotOf(seed, ordinal, random);
  return {
    title: random.pick(['Lunch', 'Out of office', 'Training', '']),
    ...(ordinal % 3 === 2 ? {} : calendarOf(seed, ordinal)),
    locationId: seed.locationId,
    assignedUserId: seed.userId(ordinal),
    users: [],
    ...(random.chance(0.3) ? { notes: 'Do not book.' } : {}),
    ...series(seed, ordinal, random),
    ...times(seed, slot),
    assignedResources: [],
    createdBy: { source: 'calendar_page', userId: seed.userId(ordinal) },
    ...deletion(seed, ordinal, random),
  };
};

const BASE = {
  idKey: 'id',
  idShape: 'crm',
  idAt: instanceId,
  addedKey: 'dateAdded',
  updatedKey: 'dateUpdated',
} as const;

export const eventSpecs: Readonly<Record<'appointments' | 'blocked_slots', CollectionSpec>> = {
  appointments: { ...BASE, count: 24, row: appointment },
  blocked_slots: { ...BASE, count: 12, row: blockedSlot },
};
