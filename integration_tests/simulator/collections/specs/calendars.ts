import type { JsonObject } from '../../../../src/foundation/json.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';
import { calendar } from './calendar-row.ts';
import { eventSpecs } from './events.ts';
import { userSpec } from './users.ts';

type Kind = 'calendars' | 'calendar_groups' | 'users' | 'appointments' | 'blocked_slots';

const GROUPS = ['Front desk', 'Sales', 'Classes'];

const group = ({ locationId }: CollectionSeed, ordinal: number): JsonObject => ({
  locationId,
  name: `${GROUPS[ordinal % GROUPS.length] ?? ''} ${ordinal + 1}`,
  description: ordinal % 2 === 0 ? 'Everything that can be booked here' : '',
  slug: `group-${ordinal + 1}`,
  isActive: ordinal % 3 !== 2,
});

export const calendarSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  calendars: { idKey: 'id', idShape: 'crm', count: 8, row: calendar },
  calendar_groups: { idKey: 'id', idShape: 'crm', count: 3, row: group },
  users: userSpec,
  ...eventSpecs,
};
