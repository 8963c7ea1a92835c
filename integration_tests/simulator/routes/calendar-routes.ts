import type { Answer } from '../answers.ts';
import { newestFirst } from '../list-page.ts';
import { queryChoice, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { listEvents } from './event-list.ts';

const listUsers = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  requireTexts(call.query, ['locationId']);
  return { status: 200, body: { users: newestFirst(location().collection('users').listed()) } };
};

const listCalendars = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId', 'groupId', 'showDrafted']);
  requireTexts(call.query, ['locationId']);
  const { groupId } = call.query;
  const isDraftShown = queryChoice(call, 'showDrafted', ['true', 'false']) !== 'false';
  const calendars = newestFirst(location().collection('calendars').listed())
    .filter((row) => groupId === undefined || row['groupId'] === groupId)
    .filter((row) => isDraftShown || row['isActive'] !== false);
  return { status: 200, body: { calendars } };
};

const listGroups = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  requireTexts(call.query, ['locationId']);
  return { status: 200, body: { groups: newestFirst(location().collection('calendar_groups').listed()) } };
};

/** Users, calendars and what stands in them: whole lists, none of which has pages. */
export const calendarRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/users\/?$/,
    audience: 'location',
    scope: 'users.readonly',
    location: 'validated',
    handle: listUsers,
  },
  {
    method: 'GET',
    path: /^\/calendars\/?$/,
    audience: 'location',
    scope: 'calendars.readonly',
    location: 'validated',
    handle: listCalendars,
  },
  {
    method: 'GET',
    path: /^\/calendars\/groups$/,
    audience: 'location',
    scope: 'calendars/groups.readonly',
    location: 'validated',
    handle: listGroups,
  },
  {
    method: 'GET',
    path: /^\/calendars\/events$/,
    audience: 'location',
    scope: 'calendars/events.readonly',
    location: 'validated',
    handle: listEvents('appointments'),
  },
  {
    method: 'GET',
    path: /^\/calendars\/blocked-slots$/,
    audience: 'location',
    scope: 'calendars/events.readonly',
    location: 'validated',
    handle: listEvents('blocked_slots'),
  },
];
