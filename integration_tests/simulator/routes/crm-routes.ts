import type { JsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { CollectionKind } from '../collections/kinds.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { queryChoice, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import { taskRoutes } from './task-routes.ts';

const PAGING = { limit: 'limit', skip: 'skip', fallback: 100, most: 100 };

const listLostReasons = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, ['locationId', 'name', 'deleted', 'query', 'skip', 'limit', 'getCount']);
  requireTexts(call.query, ['locationId']);
  // Without `deleted` the deleted ones are left out, and nothing says so; with it they come alone.
  const deleted = queryChoice(call, 'deleted', ['true', 'false']) === 'true';
  const isCounted = queryChoice(call, 'getCount', ['true', 'false']) === 'true';
  const { name, query = '' } = call.query;
  const rows = newestFirst(location().collection('lost_reasons').listed())
    .filter((row) => (row['deleted'] === true) === deleted)
    .filter((row) => name === undefined || row['name'] === name)
    .filter((row) => textOf(row['name']).toLowerCase().includes(query.toLowerCase()));
  const total = isCounted ? { total: server.knobs.reportedTotal(rows.length) } : {};
  return { status: 200, body: { lostReasons: pageOf(context, rows, PAGING), ...total } };
};

const listCompanies = (context: RouteContext): Answer => {
  const { call, location } = context;
  refuseUnknown(call.query, ['locationId', 'limit', 'skip']);
  requireTexts(call.query, ['locationId']);
  const rows = newestFirst(location().collection('companies').listed());
  return { status: 200, body: { businesses: pageOf(context, rows, PAGING) } };
};

const listWorkflows = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  requireTexts(call.query, ['locationId']);
  return { status: 200, body: { workflows: newestFirst(location().collection('workflows').listed()) } };
};

/** A whole list of a location that is named in the path. */
const wholeList =
  (kind: CollectionKind, wrapper: string) =>
  ({ call, location }: RouteContext): Answer => {
    refuseUnknown(call.query, []);
    return { status: 200, body: { [wrapper]: newestFirst(location().collection(kind).listed()) } };
  };

const listNotes = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, []);
  const state = location();
  const contactId = call.path.split('/')[2] ?? '';
  if (state.contacts.find(contactId) === undefined)
    throw refusal(400, `Contact with id ${contactId} not found`);
  const isOfContact = (row: JsonObject): boolean => row['contactId'] === contactId;
  const notes = newestFirst(state.collection('contact_notes').listed().filter(isOfContact));
  return { status: 200, body: { notes } };
};

/** What surrounds contacts and deals. */
export const crmRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/opportunities\/lost-reason$/,
    audience: 'location',
    scope: 'opportunities.readonly',
    location: 'validated',
    handle: listLostReasons,
  },
  {
    method: 'GET',
    path: /^\/businesses\/?$/,
    audience: 'location',
    scope: 'businesses.readonly',
    location: 'validated',
    handle: listCompanies,
  },
  {
    method: 'GET',
    path: /^\/workflows\/?$/,
    audience: 'location',
    scope: 'workflows.readonly',
    location: 'validated',
    handle: listWorkflows,
  },
  {
    method: 'GET',
    path: /^\/locations\/[^/]+\/tags$/,
    audience: 'location',
    scope: 'locations/tags.readonly',
    location: 'required',
    handle: wholeList('tags', 'tags'),
  },
  {
    method: 'GET',
    path: /^\/locations\/[^/]+\/customValues$/,
    audience: 'location',
    scope: 'locations/customValues.readonly',
    location: 'required',
    handle: wholeList('custom_values', 'customValues'),
  },
  {
    method: 'GET',
    path: /^\/contacts\/[^/]+\/notes$/,
    audience: 'location',
    scope: 'contacts.readonly',
    location: 'token',
    handle: listNotes,
  },
  ...taskRoutes,
];
