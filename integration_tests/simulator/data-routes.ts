import { type Answer, refusal } from './answers.ts';
import { listedLocation } from './location-row.ts';
import { queryChoice, queryNumber, refuseUnknown } from './parameters.ts';
import type { Route, RouteContext } from './server.ts';
import { textOf } from './text-of.ts';

const searchLocations = ({ server, call }: RouteContext): Answer => {
  const { query } = call;
  refuseUnknown(query, ['companyId', 'skip', 'limit', 'order', 'email']);
  const skip = queryNumber(call, 'skip', { fallback: 0 });
  const limit = queryNumber(call, 'limit', { fallback: 10, most: server.knobs.mostLocations });
  const order = queryChoice(call, 'order', ['asc', 'desc']);
  const isOurs = (query['companyId'] ?? server.app.companyId) === server.app.companyId;
  if (!isOurs) throw refusal(403, 'Forbidden resource');
  const rows = [...server.locations.values()]
    .map(({ row }) => row)
    .filter((row) => query['email'] === undefined || row['email'] === query['email'])
    .sort((left, right) => (textOf(left['name']) < textOf(right['name']) ? -1 : 1));
  const ordered = order === 'desc' ? rows.reverse() : rows;
  // Every location of the agency, whether the app is installed there or not.
  return { status: 200, body: { locations: ordered.slice(skip, skip + limit).map(listedLocation) } };
};

const getLocation = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, []);
  return { status: 200, body: { location: location().row } };
};

const listPipelines = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  return { status: 200, body: { pipelines: location().pipelines } };
};

const listCampaigns = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId', 'status']);
  const status = queryChoice(call, 'status', ['draft', 'published']);
  const campaigns = location().campaigns.filter((row) => status === undefined || row['status'] === status);
  return { status: 200, body: { campaigns } };
};

const listCustomFields = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['model']);
  // Without `model` only the contacts' fields come back, and nothing says so.
  const model = queryChoice(call, 'model', ['contact', 'opportunity', 'all']) ?? 'contact';
  const customFields = location().customFields.filter((row) => model === 'all' || row['model'] === model);
  return { status: 200, body: { customFields } };
};

export const dataRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/locations\/search$/,
    audience: 'agency',
    scope: 'locations.readonly',
    handle: searchLocations,
  },
  {
    method: 'GET',
    path: /^\/locations\/[^/]+$/,
    audience: 'agency_or_location',
    scope: 'locations.readonly',
    location: 'required',
    handle: getLocation,
  },
  {
    method: 'GET',
    path: /^\/locations\/[^/]+\/customFields$/,
    audience: 'location',
    scope: 'locations/customFields.readonly',
    location: 'required',
    handle: listCustomFields,
  },
  {
    method: 'GET',
    path: /^\/opportunities\/pipelines$/,
    audience: 'location',
    scope: 'opportunities.readonly',
    location: 'required',
    handle: listPipelines,
  },
  {
    method: 'GET',
    path: /^\/campaigns\/?$/,
    audience: 'location',
    scope: 'campaigns.readonly',
    location: 'required',
    handle: listCampaigns,
  },
];
