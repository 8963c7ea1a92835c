import { defineStream } from '../stream/definition.ts';
import { calendarEvents, eventColumns, FAR_AHEAD, ownersOfEvents } from './calendar-events.ts';
import { calendars } from './calendars.ts';
import { users } from './users.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/calendars/get-blocked-slots */
export const blockedSlots = defineStream({
  name: 'blocked_slots',
  description: 'Times at which a calendar or a user cannot be booked, past and future.',
  scope: 'calendars/events.readonly',
  notes: [
    'HighLevel gives blocked slots by calendar or by user, and by the time they begin. Some belong to a user and to no calendar, so every calendar and every user of the location is asked. Slots whose calendar was deleted and whose user is not listed any more cannot be read.',
    FAR_AHEAD,
  ],
  retrieval: calendarEvents({
    path: '/calendars/blocked-slots',
    owners: [ownersOfEvents(calendars, 'calendarId'), ownersOfEvents(users, 'userId')],
  }),
  columns: eventColumns(),
});
