import type { JsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { campaignRoutes, isInFolder, isNamed } from './campaign-routes.ts';

const FUNNEL_PARAMETERS = ['locationId', 'limit', 'offset', 'type', 'category', 'parentId', 'name'];
const PAGE_PARAMETERS = ['locationId', 'funnelId', 'limit', 'offset'];
const PAGING = { limit: 'limit', skip: 'offset', fallback: 10, most: 100 };
/** Larger pages of pages were seen to be refused. */
const SMALL_PAGING = { ...PAGING, most: 20 };

const listLinks = ({ call, location }: RouteContext): Answer => {
  refuseUnknown(call.query, ['locationId']);
  requireTexts(call.query, ['locationId']);
  return { status: 200, body: { links: newestFirst(location().collection('trigger_links').listed()) } };
};

const funnelMatcher =
  (call: Call): ((row: JsonObject) => boolean) =>
  (row) => {
    const { type, category = 'all' } = call.query;
    return (
      isInFolder(call, row) &&
      isNamed(call, row) &&
      (type === undefined || row['type'] === type) &&
      (category === 'all' || row['category'] === category)
    );
  };

const listFunnels = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, FUNNEL_PARAMETERS);
  requireTexts(call.query, ['locationId']);
  const matches = location().collection('funnels').listed().filter(funnelMatcher(call));
  const funnels = pageOf(context, newestFirst(matches), PAGING);
  return { status: 200, body: { funnels, count: server.knobs.reportedTotal(matches.length) } };
};

const listFunnelPages = (context: RouteContext): Answer => {
  const { call, location } = context;
  refuseUnknown(call.query, [...PAGE_PARAMETERS, 'name']);
  requireTexts(call.query, PAGE_PARAMETERS);
  const { funnelId = '' } = call.query;
  const funnel = location().collection('funnels').find(funnelId);
  // A folder is among the funnels, but has no pages to ask for.
  if (funnel === undefined || funnel['type'] === 'folder') throw refusal(400, 'Funnel not found');
  const matches = location()
    .collection('funnel_pages')
    .listed()
    .filter((row) => row['funnelId'] === funnelId && isNamed(call, row));
  return { status: 200, body: {}, bare: pageOf(context, newestFirst(matches), SMALL_PAGING) };
};

export const marketingRoutes: readonly Route[] = [
  ...campaignRoutes,
  {
    method: 'GET',
    path: /^\/links\/?$/,
    audience: 'location',
    scope: 'links.readonly',
    location: 'validated',
    handle: listLinks,
  },
  {
    method: 'GET',
    path: /^\/funnels\/funnel\/list$/,
    audience: 'location',
    scope: 'funnels/funnel.readonly',
    location: 'validated',
    handle: listFunnels,
  },
  {
    method: 'GET',
    path: /^\/funnels\/page$/,
    audience: 'location',
    scope: 'funnels/page.readonly',
    location: 'validated',
    handle: listFunnelPages,
  },
];
