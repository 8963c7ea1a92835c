import type { Answer } from '../answers.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { recordRoutes } from './record-routes.ts';

/** Both are required, and so never fall back. */
const PAGING = { limit: 'limit', skip: 'skip', fallback: 0, most: 100 };

const listSchemas = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  requireTexts(call.query, ['locationId']);
  return { status: 200, body: { objects: newestFirst(location().collection('object_schemas').listed()) } };
};

const listAssociations = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, ['locationId', 'skip', 'limit']);
  requireTexts(call.query, ['locationId', 'skip', 'limit']);
  const rows = newestFirst(location().collection('associations').listed());
  const total = server.knobs.reportedTotal(rows.length);
  return { status: 200, body: { associations: pageOf(context, rows, PAGING), total } };
};

/** A relation is listed for both of its ends; a record that nobody knows has none. */
const listRelations = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, ['locationId', 'skip', 'limit', 'associationIds']);
  requireTexts(call.query, ['locationId', 'skip', 'limit']);
  const id = call.path.split('/')[3] ?? '';
  const wanted = call.query['associationIds']?.split(',');
  const rows = newestFirst(location().collection('relations').listed())
    .filter((row) => row['firstRecordId'] === id || row['secondRecordId'] === id)
    .filter(({ associationId }) => wanted === undefined || wanted.some((one) => one === associationId));
  const total = server.knobs.reportedTotal(rows.length);
  return { status: 200, body: { relations: pageOf(context, rows, PAGING), total } };
};

/** Custom objects, and how they are tied to each other. */
export const objectRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/objects\/?$/,
    audience: 'location',
    scope: 'objects/schema.readonly',
    location: 'validated',
    handle: listSchemas,
  },
  ...recordRoutes,
  {
    method: 'GET',
    path: /^\/associations\/?$/,
    audience: 'location',
    scope: 'associations.readonly',
    location: 'validated',
    handle: listAssociations,
  },
  {
    method: 'GET',
    path: /^\/associations\/relations\/[^/]+$/,
    audience: 'location',
    scope: 'associations/relation.readonly',
    location: 'validated',
    handle: listRelations,
  },
];
