import { systemError } from '../foundation/errors.ts';
import { textAt } from '../foundation/json.ts';
import {
  boolean,
  type Columns,
  list,
  named,
  object,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';
import { daysToMs } from '../stream/days.ts';
import type { ParentList, StreamDefinition, WindowsRetrieval } from '../stream/definition.ts';
import { endpoint, type EndpointSlice } from '../stream/endpoint.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { epochBounds } from './bounds.ts';
import { parentIdOf, windowOf } from './location-slice.ts';

/** What HighLevel has to be told to give events: whose they are. */
type OwnerName = 'calendarId' | 'userId';

/** Rows that events belong to, and the parameter that names one of them. */
export const ownersOfEvents = (of: StreamDefinition, name: OwnerName): ParentList => ({
  of,
  keep: () => ({ name }),
});

const ownerName = ({ parent }: EndpointSlice): string => {
  const name = parent && textAt(parent, 'name');
  if (name === undefined) throw systemError('Events were to be asked for without saying whose they are.');
  return name;
};

interface CalendarEvents {
  readonly path: string;
  readonly owners: readonly ParentList[];
}

/** Events come by their owner and by the time they begin; the lists have no pages. */
export const calendarEvents = ({ path, owners }: CalendarEvents): WindowsRetrieval => ({
  kind: 'windows',
  endpoint: endpoint({
    version: '2021-04-15',
    request: (slice) => ({
      path,
      parameters: {
        locationId: slice.locationId,
        [ownerName(slice)]: parentIdOf(slice),
        ...epochBounds(windowOf(slice), ['startTime', 'endTime']),
      },
    }),
    select: listAt('events'),
  }),
  parents: owners,
  by: rowTime('start_time', 'startTime'),
  isEventTime: true,
  changed: rowTime('date_updated', 'dateUpdated', 'dateAdded'),
  trailingDays: 90,
  aheadDays: 731,
  shortestMs: daysToMs(1),
  mostRows: 2_000,
});

/** Said of every kind of event. */
export const FAR_AHEAD = 'Events that begin more than two years ahead are read once they come nearer.';

export const eventColumns = (): Columns => ({
  calendar_id: text(),
  contact_id: text(),
  group_id: text(),
  title: text(),
  address: text(),
  appointment_status: named(text(), 'appointmentStatus', 'appoinmentStatus'),
  assigned_user_id: text(),
  users: list(text()),
  assigned_resources: list(textOrJson()),
  notes: text(),
  description: text(),
  is_recurring: boolean(),
  rrule: text(),
  master_event_id: text(),
  deleted: boolean(),
  created_by: object({ source: text(), user_id: text() }),
  start_time: timestamp(),
  end_time: timestamp(),
  date_added: timestamp(),
  date_updated: timestamp(),
});
