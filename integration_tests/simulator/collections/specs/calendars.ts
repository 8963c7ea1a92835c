import type { CollectionSpec } from '../collection-spec.ts';

type Kind = 'calendars' | 'calendar_groups' | 'users' | 'appointments' | 'blocked_slots';

export const calendarSpecs: Readonly<Record<Kind, CollectionSpec>> = {
  ['calendars']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['calendar_groups']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['users']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['appointments']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
  ['blocked_slots']: { idKey: 'id', idShape: 'crm', count: 0, row: () => ({}) },
};
