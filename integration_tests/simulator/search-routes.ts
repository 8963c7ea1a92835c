import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { Answer } from './answers.ts';
import type { KeptBytes } from './page-cache.ts';
import { refuseUnknown } from './parameters.ts';
import { createRandom, hashOfText } from './random.ts';
import { contactDialect, opportunityDialect } from './search-dialects.ts';
import { type FoundPage, type FoundRow, rowsOf, searchPage } from './search-page.ts';
import { checkBody, parseSearch, type SearchForm } from './search-request.ts';
import type { Route, RouteContext } from './server.ts';
import { textOf } from './text-of.ts';

const CONTACT_KEYS = 'locationId pageLimit page searchAfter filters sort query'.split(' ');
const OPPORTUNITY_KEYS =
  'locationId limit page searchAfter filters sort query additionalDetails includeTopRelations aggregations'.split(
    ' ',
  );
const DETAILS = ['notes', 'tasks', 'calendarEvents', 'unReadConversations'];

const bodyOf = ({ call }: RouteContext): JsonObject => (isJsonObject(call.body) ? call.body : {});

const contactForm = (most: number): Omit<SearchForm, 'dialect'> => ({
  keys: CONTACT_KEYS,
  sizeKey: 'pageLimit',
  mostRows: most,
  lowestPage: 1,
  defaultSort: 'dateAdded',
  queried: ['firstNameLowerCase', 'lastNameLowerCase', 'email', 'phone', 'companyName'],
});

const opportunityForm = (most: number): Omit<SearchForm, 'dialect'> => ({
  keys: OPPORTUNITY_KEYS,
  sizeKey: 'limit',
  mostRows: most,
  lowestPage: 0,
  defaultSort: 'date_added',
  queried: ['name'],
});

type SearchKind = 'contacts' | 'opportunities';

const search = (context: RouteContext, kind: SearchKind): FoundPage => {
  const { server } = context;
  const { knobs, issued } = server;
  const body = bodyOf(context);
  const form =
    kind === 'contacts' ? contactForm(knobs.mostContacts) : opportunityForm(knobs.mostOpportunities);
  checkBody(body, form);
  const location = context.location();
  const dialect = kind === 'contacts' ? contactDialect(location) : opportunityDialect(location);
  const { index } = location[kind];
  const { lowestPage } = form;
  const now = server.now();
  return searchPage(parseSearch(body, { ...form, dialect }), {
    index,
    issued,
    knobs,
    now,
    dialect,
    lowestPage,
  });
};

interface AnswerPlan {
  readonly kind: SearchKind;
  readonly part?: string;
  readonly body: (rows: readonly FoundRow[]) => JsonObject;
}

const encoder = new TextEncoder();

/** The rows as a serialised object without its closing brace, kept for whoever asks for the same page. */
const startOfAnswer = (
  { server, location }: RouteContext,
  page: FoundPage,
  { kind, part = '', body }: AnswerPlan,
): KeptBytes => {
  const made = (shown: (row: JsonObject) => JsonObject): string =>
    JSON.stringify(body(rowsOf(page, shown))).slice(0, -1);
  if (server.knobs.foundRows === 'indexed') return server.pages.get(page, part, () => made((row) => row));
  // What is kept knows of changes only when the index does.
  const { find } = location()[kind];
  return { bytes: encoder.encode(made((row) => find(textOf(row['id'])) ?? row)) };
};

const searchContacts = (context: RouteContext): Answer => {
  const page = search(context, 'contacts');
  const start = startOfAnswer(context, page, {
    kind: 'contacts',
    body: (rows) => ({ contacts: rows.map(({ row, token }) => ({ ...row, searchAfter: token })) }),
  });
  return { status: context.server.knobs.contactsSearchStatus, start, body: { total: page.total } };
};

/** Notes, tasks and events are only embedded on request; the seed decides how many there are. */
const detailsOf = ({ id }: JsonObject, wanted: readonly string[]): JsonObject => {
  const random = createRandom(hashOfText(textOf(id)));
  const some = (make: () => JsonObject): JsonValue => Array.from({ length: random.int(0, 2) }, make);
  const made: JsonObject = {
    notes: some(() => ({ id: random.id(), body: 'Called, will call back.' })),
    tasks: some(() => ({ id: random.id(), title: 'Send proposal', completed: random.chance(0.5) })),
    calendarEvents: some(() => ({ id: random.id(), title: 'Consultation' })),
  };
  return Object.fromEntries(Object.entries(made).filter(([key]) => wanted.includes(key)));
};

const wantedDetails = (asked: JsonValue | undefined): readonly string[] => {
  if (!isJsonObject(asked)) return [];
  refuseUnknown(asked, DETAILS);
  return Object.keys(asked).filter((key) => asked[key] === true);
};

/** By stage, of the rows on the page: the true ones are of all matches, but nobody reads them. */
const stageAggregations = (rows: readonly FoundRow[]): JsonValue => {
  const counts = new Map<string, number>();
  for (const { row } of rows) {
    const stage = textOf(row['pipelineStageId']);
    counts.set(stage, (counts.get(stage) ?? 0) + 1);
  }
  return [...counts].map(([pipelineStageId, totalCount]) => ({
    pipelineStageId,
    totalCount,
    totalValue: 0,
    weightedValue: 0,
    openValue: 0,
    openWeightedValue: 0,
    wonValue: 0,
  }));
};

const searchOpportunities = (context: RouteContext): Answer => {
  const wanted = wantedDetails(bodyOf(context)['additionalDetails']);
  const page = search(context, 'opportunities');
  const start = startOfAnswer(context, page, {
    kind: 'opportunities',
    part: wanted.join(' '),
    body: (rows) => ({
      opportunities: rows.map(({ row, token }) => ({
        ...row,
        ...(wanted.length === 0 ? {} : detailsOf(row, wanted)),
        sort: token,
      })),
      topRelations: rows.map(({ row }) => ({
        recordId: row['id'] ?? '',
        totalRelations: 0,
        associations: [],
      })),
      stageAggregations: stageAggregations(rows),
    }),
  });
  return { status: 201, start, body: { total: page.total, aggregations: {} } };
};

export const searchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: /^\/contacts\/search$/,
    audience: 'location',
    scope: 'contacts.readonly',
    location: 'validated',
    handle: searchContacts,
  },
  {
    method: 'POST',
    path: /^\/opportunities\/search$/,
    audience: 'location',
    scope: 'opportunities.readonly',
    location: 'validated',
    handle: searchOpportunities,
  },
];
