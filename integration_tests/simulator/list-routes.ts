import type { JsonObject } from '../../src/foundation/json.ts';
import { type Answer, refusal } from './answers.ts';
import { opportunityAttributions } from './attribution.ts';
import type { FieldSpec } from './field-spec.ts';
import type { Matcher } from './filters.ts';
import type { Knobs } from './options.ts';
import { queryChoice, queryNumber, refuseUnknown, requireTexts } from './parameters.ts';
import { createRandom, hashOfText } from './random.ts';
import type { SearchQuery, View } from './sorted-view.ts';
import type { Route, RouteContext } from './server.ts';
import { textOf } from './text-of.ts';

const CONTACT_PARAMETERS = 'locationId limit startAfter startAfterId query'.split(' ');
const OPPORTUNITY_PARAMETERS = (
  'location_id pipeline_id pipeline_stage_id contact_id assigned_to status q campaignId id order date endDate ' +
  'startAfter startAfterId page limit country getTasks getNotes getCalendarEvents'
).split(' ');
const EQUALS: Readonly<Record<string, string>> = {
  pipeline_id: 'pipelineId',
  pipeline_stage_id: 'pipelineStageId',
  contact_id: 'contactId',
  assigned_to: 'assignedTo',
  id: 'id',
};
const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 20;

const ADDED: FieldSpec = {
  name: 'added',
  type: 'date',
  sortable: true,
  read: () => undefined,
  time: 'added',
};

/** One order, whatever `order` says: the older endpoints ignore it. */
const inListOrder = (
  { descentOrder }: Knobs,
  { signature, matches }: { readonly signature: string; readonly matches?: Matcher | undefined },
): SearchQuery => ({
  signature: `list ${descentOrder} ${signature}`,
  order: `list ${descentOrder}`,
  bounds: undefined,
  matches,
  sort: [{ field: ADDED, descending: descentOrder === 'newest_first' }],
});

const startOf = ({ call }: RouteContext, view: View): number => {
  const { startAfter, startAfterId } = call.query;
  if (startAfter === undefined || startAfterId === undefined) return 0;
  return view.after([queryNumber(call, 'startAfter', { fallback: 0 }), startAfterId]);
};

interface ListPage {
  readonly rows: readonly JsonObject[];
  readonly meta: JsonObject;
}

/** Pages tell where to go on, in an address that has lost its `https`; in this mode they are always the first of two. */
const listPage = (context: RouteContext, view: View, locationParameter: string): ListPage => {
  const { call, server } = context;
  const asked = queryNumber(call, 'limit', { fallback: DEFAULT_PAGE, most: LARGEST_PAGE });
  const limit = Math.min(asked, server.knobs.silentPageSize ?? asked);
  const page = queryNumber(call, 'page', { fallback: 1 });
  const from = startOf(context, view) + Math.max(0, page - 1) * limit;
  const to = Math.min(view.size(), from + limit);
  const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => view.rowAt(from + at));
  const more = to < view.size();
  const [startAfter = null, startAfterId = null] = rows.length === 0 ? [] : view.tokenAt(to - 1);
  const next = `http://services.leadconnectorhq.com${call.path}?${locationParameter}=${call.locationId ?? ''}&limit=${limit}&startAfter=${String(startAfter)}&startAfterId=${String(startAfterId)}`;
  return {
    rows,
    meta: {
      total: server.knobs.reportedTotal(view.size()),
      nextPageUrl: more ? next : null,
      startAfterId,
      startAfter,
      currentPage: page,
      nextPage: more ? page + 1 : null,
      prevPage: null,
    },
  };
};

/** First and last touch, which only this list tells; a contact's are always the same. */
const attributionsOf = ({ id }: JsonObject): readonly JsonObject[] => {
  const random = createRandom(hashOfText(textOf(id)));
  const clicks = {
    utmAdId: random.chance(0.5) ? random.hex(16) : null,
    utmGclid: random.chance(0.2) ? random.id(40) : null,
  };
  return opportunityAttributions(random).map((touch) =>
    'utmSource' in touch ? { ...touch, ...clicks } : touch,
  );
};

/** The list has its own names for some of what the search knows. */
const listedContact = ({ address, opportunities: _, ...row }: JsonObject): JsonObject => ({
  attributions: attributionsOf(row),
  ...row,
  address1: address ?? null,
  contactName: `${textOf(row['firstNameLowerCase'])} ${textOf(row['lastNameLowerCase'])}`.trim(),
});

const listContacts = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, CONTACT_PARAMETERS);
  const text = (call.query['query'] ?? '').toLowerCase();
  const matches: Matcher = (source, ordinal) =>
    JSON.stringify(source.row(ordinal)).toLowerCase().includes(text);
  const query = inListOrder(server.knobs, {
    signature: `contacts ${text}`,
    matches: text === '' ? undefined : matches,
  });
  const { rows, meta } = listPage(context, location().contacts.index.view(query, server.now()), 'locationId');
  return { status: 200, body: { contacts: rows.map(listedContact), meta } };
};

const opportunityMatcher = ({ call }: RouteContext): Matcher => {
  const status = queryChoice(call, 'status', ['open', 'won', 'lost', 'abandoned', 'all']);
  const text = (call.query['q'] ?? '').toLowerCase();
  const equals = Object.entries(EQUALS).filter(([parameter]) => call.query[parameter] !== undefined);
  return (source, ordinal) => {
    const row = source.row(ordinal);
    if (status !== undefined && status !== 'all' && row['status'] !== status) return false;
    if (!textOf(row['name']).toLowerCase().includes(text)) return false;
    return equals.every(([parameter, key]) => row[key] === call.query[parameter]);
  };
};

const listOpportunities = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  const {
    date,
    endDate,
    startAfter: _after,
    startAfterId: _id,
    page: _page,
    limit: _limit,
    ...asked
  } = call.query;
  refuseUnknown(call.query, OPPORTUNITY_PARAMETERS);
  requireTexts(call.query, ['location_id']);
  if (date !== undefined || endDate !== undefined)
    throw refusal(400, 'Dates are not part of this simulation.');
  const query = inListOrder(server.knobs, {
    signature: JSON.stringify(asked),
    matches: opportunityMatcher(context),
  });
  const view = location().opportunities.index.view(query, server.now());
  const { rows, meta } = listPage(context, view, 'location_id');
  return { status: 200, body: { opportunities: rows.map((row) => ({ ...row })), meta, aggregations: {} } };
};

/** The older lists: no filter by update time, pages of at most 100. */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/contacts\/?$/,
    audience: 'location',
    scope: 'contacts.readonly',
    location: 'required',
    handle: listContacts,
  },
  {
    method: 'GET',
    path: /^\/opportunities\/search$/,
    audience: 'location',
    scope: 'opportunities.readonly',
    location: 'validated',
    handle: listOpportunities,
  },
];
