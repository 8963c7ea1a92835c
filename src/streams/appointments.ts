import { defineStream } from '../stream/definition.ts';
import { calendarEvents, eventColumns, FAR_AHEAD, ownersOfEvents } from './calendar-events.ts';
import { calendars } from './calendars.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/calendars/get-calendar-events */
export const appointments = defineStream({
  name: 'appointments',
  description: 'Appointments of every calendar of a location, past and future, cancelled ones included.',
  scope: 'calendars/events.readonly',
  notes: [
    'HighLevel gives events by calendar and by the time they begin, so every calendar is asked, inactive ones too. Appointments of a calendar that was deleted cannot be read any more.',
    FAR_AHEAD,
  ],
  retrieval: calendarEvents({
    path: '/calendars/events',
    owners: [ownersOfEvents(calendars, 'calendarId')],
  }),
  columns: eventColumns(),
});
