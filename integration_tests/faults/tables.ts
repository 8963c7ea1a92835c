import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import type { WriteOptions } from '../simulator/table.ts';
import { CHILDREN, LISTED, type Subject, WINDOWED } from '../support/subjects.ts';
import { truthOf } from '../support/truth.ts';
import { contactNotes } from './note-table.ts';
import { type Guarantee, type Place, rowIdOf, type StreamTable } from './stream-table.ts';

const instant = (value: JsonValue | undefined): string => {
  const ms = typeof value === 'number' ? value : Date.parse(typeof value === 'string' ? value : '');
  return Number.isNaN(ms) ? '-' : String(ms);
};

interface Marks {
  readonly mark: Subject['mark'];
  readonly updated?: Subject['updated'];
}

const versions = ({ mark, updated }: Marks): Pick<StreamTable, 'ofRow' | 'ofRecord'> => ({
  ofRow: (row) => `${textAt(row, mark.api) ?? '-'} ${updated === undefined ? '' : instant(row[updated.api])}`,
  ofRecord: (record) =>
    `${textAt(record, mark.column) ?? '-'} ${updated === undefined ? '' : instant(record[updated.column])}`,
});

const ofSubject = (subject: Subject, guarantee: Guarantee, scope: string): StreamTable => {
  const { stream, kind, mark, at: usedAt } = subject;
  const used = ({ nowMs }: Place): JsonObject => usedAt?.(nowMs) ?? {};
  const moved = (at: Place): JsonObject => (at.dates === 'none' ? {} : used(at));
  return {
    stream,
    kind,
    guarantee,
    hasCursor: true,
    isMovedByUse: usedAt !== undefined,
    scope,
    ...versions(subject),
    add: (world, at, text) =>
      rowIdOf(world.collection(at.locationId, kind).add({ ...used(at), [mark.api]: text })),
    change: (world, at, id, text) => {
      world.collection(at.locationId, kind).update(id, { ...moved(at), [mark.api]: text });
    },
    remove: (world, { locationId }, id) => {
      world.collection(locationId, kind).remove(id);
    },
    rows: (world, locationId) => truthOf(world, stream, locationId),
  };
};

const filledFields = (value: JsonValue | undefined): number => {
  if (isJsonArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : 0;
};

/** With the custom fields, which are called by the names that another list has of them. */
const searched = (marks: Marks): Pick<StreamTable, 'ofRow' | 'ofRecord'> => {
  const { ofRow, ofRecord } = versions(marks);
  return {
    ofRow: (row) => `${ofRow(row)} ${filledFields(row['customFields'])} fields`,
    ofRecord: (record) => `${ofRecord(record)} ${filledFields(record['custom_field_values'])} fields`,
  };
};

/** An import says when the row was changed where it came from. */
const IMPORTED_AGE_MS = 400 * 86_400_000;

const changedAt = ({ nowMs, dates = 'usual' }: Place): WriteOptions => {
  if (dates === 'usual') return {};
  return { updatedAt: dates === 'none' ? 'none' : nowMs - IMPORTED_AGE_MS };
};

const VERSIONS: Readonly<Record<string, Pick<StreamTable, 'ofRow' | 'ofRecord'>>> = {
  contacts: searched({
    mark: { api: 'companyName', column: 'company_name' },
    updated: { api: 'dateUpdated', column: 'date_updated' },
  }),
  contact_attributions: versions({ mark: { api: 'source', column: 'source' } }),
};
const NO_VERSIONS = { ofRow: () => '', ofRecord: () => '' };
/** Each stream shows one of them. */
const marks = (text: string): JsonObject => ({ companyName: text, source: text });

const contacts = (stream: string, guarantee: Guarantee, hasCursor: boolean): StreamTable => ({
  stream,
  kind: 'contacts',
  guarantee,
  hasCursor,
  isMovedByUse: false,
  scope: 'contacts.readonly',
  ...(VERSIONS[stream] ?? NO_VERSIONS),
  add: (world, at, text) => rowIdOf(world.addContact(at.locationId, marks(text), changedAt(at))),
  change: (world, { locationId }, id, text) => {
    world.updateContact(locationId, id, marks(text));
  },
  remove: (world, { locationId }, id) => {
    world.deleteContact(locationId, id);
  },
  rows: (world, locationId) => world.contacts(locationId),
});

const opportunities = (stream: string, guarantee: Guarantee, hasCursor: boolean): StreamTable => ({
  stream,
  kind: 'opportunities',
  guarantee,
  hasCursor,
  isMovedByUse: false,
  scope: 'opportunities.readonly',
  ...(stream === 'opportunities'
    ? searched({
        mark: { api: 'name', column: 'name' },
        updated: { api: 'updatedAt', column: 'updated_at' },
      })
    : { ofRow: () => '', ofRecord: () => '' }),
  add: (world, at, text) => {
    const { locationId } = at;
    // Deals of one contact share the key that breaks ties.
    const [contact] = world.contacts(locationId);
    const contactId = contact === undefined ? {} : { contactId: rowIdOf(contact) };
    return rowIdOf(world.addOpportunity(locationId, { ...contactId, name: text }, changedAt(at)));
  },
  change: (world, { locationId }, id, text) => {
    world.updateOpportunity(locationId, id, { name: text });
  },
  remove: (world, { locationId }, id) => {
    world.deleteOpportunity(locationId, id);
  },
  rows: (world, locationId) => world.opportunities(locationId),
});

/** Lists without a time of change: everything at each sync. */
const plain = (kind: 'tags' | 'custom_values' | 'trigger_links', scope: string): StreamTable => ({
  ...ofSubject({ stream: kind, kind, mark: { api: 'name', column: 'name' } }, 'all', scope),
  hasCursor: false,
});

const SCOPES: Readonly<Record<string, string>> = {
  messages: 'conversations/message.readonly',
  form_submissions: 'forms.readonly',
  survey_submissions: 'surveys.readonly',
  orders: 'payments/orders.readonly',
  transactions: 'payments/transactions.readonly',
  appointments: 'calendars/events.readonly',
  blocked_slots: 'calendars/events.readonly',
  voice_ai_call_logs: 'voice-ai-dashboard.readonly',
  conversations: 'conversations.readonly',
  invoices: 'invoices.readonly',
  estimates: 'invoices/estimate.readonly',
  subscriptions: 'payments/subscriptions.readonly',
  products: 'products.readonly',
  coupons: 'payments/coupons.readonly',
  companies: 'businesses.readonly',
  lost_reasons: 'opportunities.readonly',
  tasks: 'locations/tasks.readonly',
  workflows: 'workflows.readonly',
  funnels: 'funnels/funnel.readonly',
  object_schemas: 'objects/schema.readonly',
  prices: 'products/prices.readonly',
  funnel_pages: 'funnels/page.readonly',
  object_records: 'objects/record.readonly',
};

const subjects = (list: readonly Subject[], guarantee: Guarantee): readonly StreamTable[] =>
  list
    // One sync of it is some eighty requests, and it is read like the others.
    .filter(({ stream }) => stream !== 'email_campaigns')
    .map((subject) => ofSubject(subject, guarantee, SCOPES[subject.stream] ?? ''));

/** Those that most users read come more than once: a schedule picks by number. */
export const TABLES: readonly StreamTable[] = [
  contacts('contacts', 'all', true),
  opportunities('opportunities', 'all', true),
  contacts('contact_ids', 'all', false),
  opportunities('opportunity_ids', 'all', false),
  contacts('contact_attributions', 'new', true),
  ...subjects(WINDOWED, 'recent'),
  ...subjects(LISTED, 'all'),
  ...subjects(CHILDREN, 'all'),
  contactNotes,
  plain('tags', 'locations/tags.readonly'),
  plain('custom_values', 'locations/customValues.readonly'),
  plain('trigger_links', 'links.readonly'),
];

export const tableAt = (number: number): StreamTable => {
  const table = TABLES[number % TABLES.length];
  if (table === undefined) throw new RangeError('There is no table.');
  return table;
};
