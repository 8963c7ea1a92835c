import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import type { Collection } from '../simulator/collections/collection.ts';
import type { CollectionKind } from '../simulator/collections/kinds.ts';
import type { HighLevel } from './highlevel.ts';
import { onlyLocation } from './only-location.ts';
import { truthOf } from './truth.ts';
import { deduplicated } from './warehouse.ts';

interface Names {
  readonly api: string;
  readonly column: string;
}

/** A stream, and how a scenario writes its rows and tells their versions apart. */
export interface Subject {
  readonly stream: string;
  /** Where the simulator keeps its rows. */
  readonly kind: CollectionKind;
  /** A text that means nothing to anybody else. */
  readonly mark: Names;
  /** When rows changed, if they say so. */
  readonly updated?: Names;
  /** What a row has besides when it is made or used at an instant. */
  readonly at?: (epochMs: number) => JsonObject;
}

const isoAt = (epochMs: number): string => new Date(epochMs).toISOString();

/** An event in half a day. */
const soon = (epochMs: number): JsonObject => ({
  startTime: isoAt(epochMs + 43_200_000),
  endTime: isoAt(epochMs + 45_000_000),
});

const CAMEL = { api: 'updatedAt', column: 'updated_at' } as const;
const DATED = { api: 'dateUpdated', column: 'date_updated' } as const;
const NAME = { api: 'name', column: 'name' } as const;
const TITLE = { api: 'title', column: 'title' } as const;

/** Read by windows of time. */
export const WINDOWED: readonly Subject[] = [
  { stream: 'messages', kind: 'messages', mark: { api: 'source', column: 'source' }, updated: DATED },
  { stream: 'form_submissions', kind: 'form_submissions', mark: NAME },
  { stream: 'survey_submissions', kind: 'survey_submissions', mark: NAME },
  { stream: 'orders', kind: 'orders', mark: { api: 'sourceName', column: 'source_name' }, updated: CAMEL },
  {
    stream: 'transactions',
    kind: 'transactions',
    mark: { api: 'entitySourceName', column: 'entity_source_name' },
    updated: CAMEL,
  },
  { stream: 'appointments', kind: 'appointments', mark: TITLE, updated: DATED, at: soon },
  { stream: 'blocked_slots', kind: 'blocked_slots', mark: TITLE, updated: DATED, at: soon },
  {
    stream: 'voice_ai_call_logs',
    kind: 'voice_ai_call_logs',
    mark: { api: 'summary', column: 'summary' },
  },
  {
    stream: 'conversations',
    kind: 'conversations',
    mark: { api: 'fullName', column: 'full_name' },
    updated: DATED,
    at: (epochMs) => ({ lastMessageDate: epochMs }),
  },
];

/** Read whole at each sync; rows say when they changed. */
export const LISTED: readonly Subject[] = [
  { stream: 'invoices', kind: 'invoices', mark: NAME, updated: CAMEL },
  { stream: 'estimates', kind: 'estimates', mark: NAME, updated: CAMEL },
  {
    stream: 'subscriptions',
    kind: 'subscriptions',
    mark: { api: 'contactName', column: 'contact_name' },
    updated: CAMEL,
  },
  { stream: 'products', kind: 'products', mark: NAME, updated: CAMEL },
  { stream: 'coupons', kind: 'coupons', mark: NAME, updated: CAMEL },
  { stream: 'companies', kind: 'companies', mark: NAME, updated: CAMEL },
  { stream: 'lost_reasons', kind: 'lost_reasons', mark: NAME, updated: CAMEL },
  { stream: 'tasks', kind: 'tasks', mark: TITLE, updated: DATED },
  { stream: 'workflows', kind: 'workflows', mark: NAME, updated: CAMEL },
  { stream: 'email_campaigns', kind: 'email_campaigns', mark: NAME, updated: CAMEL },
  { stream: 'funnels', kind: 'funnels', mark: NAME, updated: CAMEL },
  {
    stream: 'object_schemas',
    kind: 'object_schemas',
    mark: { api: 'description', column: 'description' },
    updated: DATED,
  },
];

/** Asked for parent by parent at each sync; rows say when they changed. */
export const CHILDREN: readonly Subject[] = [
  { stream: 'prices', kind: 'prices', mark: NAME, updated: CAMEL },
  { stream: 'funnel_pages', kind: 'funnel_pages', mark: NAME, updated: CAMEL },
  {
    stream: 'object_records',
    kind: 'object_records',
    mark: { api: 'objectId', column: 'object_id' },
    updated: CAMEL,
  },
];

export const subjectOf = (stream: string): Subject => {
  const subject = [...WINDOWED, ...LISTED, ...CHILDREN].find((candidate) => candidate.stream === stream);
  if (subject === undefined) throw new RangeError(`Nobody has said how ${stream} is written.`);
  return subject;
};

export const idIn = (row: JsonObject): string => textAt(row, 'id') ?? textAt(row, '_id') ?? '';

/** Rows in the order of a time that is written as text. */
export const sortedBy = (rows: readonly JsonObject[], key: string): readonly JsonObject[] =>
  [...rows].sort((a, b) => ((textAt(a, key) ?? '') < (textAt(b, key) ?? '') ? -1 : 1));

/** The rows of the first location, and every way to change them. */
export const rowsOf = (highLevel: HighLevel, { kind }: Pick<Subject, 'kind'>): Collection =>
  highLevel.simulator.world.collection(onlyLocation(highLevel), kind);

/** Makes a row now. @returns its id */
export const addRow = (highLevel: HighLevel, subject: Subject, fields: JsonObject = {}): string =>
  idIn(rowsOf(highLevel, subject).add({ ...subject.at?.(highLevel.now()), ...fields }));

/** Changes a row now. */
export const changeRow = (
  highLevel: HighLevel,
  subject: Subject,
  id: string,
  { text, isUsed = true }: { readonly text: string; readonly isUsed?: boolean },
): void => {
  const used = isUsed ? subject.at?.(highLevel.now()) : {};
  rowsOf(highLevel, subject).update(id, { [subject.mark.api]: text, ...used });
};

const instantOf = (value: JsonValue | undefined): number =>
  typeof value === 'number' ? value : Date.parse(typeof value === 'string' ? value : '');

const isSameVersion = ({ mark, updated }: Subject, row: JsonObject, record: JsonObject): boolean =>
  (textAt(row, mark.api) ?? null) === (textAt(record, mark.column) ?? null) &&
  (updated === undefined || Object.is(instantOf(row[updated.api]), instantOf(record[updated.column])));

/**
 * Rows that a deduplicating destination lacks or has in an older version, by their ids. Empty: nothing was lost.
 * Rows that are gone may still be in the destination: those streams know no deletions.
 */
export const lackOf = (
  { simulator: { world } }: HighLevel,
  subject: Subject,
  records: readonly JsonObject[],
  locationIds: readonly string[] = world.locationIds(),
): readonly string[] => {
  const have = deduplicated(records);
  return locationIds.flatMap((locationId) =>
    truthOf(world, subject.stream, locationId).flatMap((row) => {
      const record = have.get(`${locationId}/${idIn(row)}`);
      if (record === undefined) return [`${idIn(row)} is missing`];
      return isSameVersion(subject, row, record) ? [] : [`${idIn(row)} is stale`];
    }),
  );
};

/** The ids of the rows in an answer, wherever its list is. */
export const idsInAnswer = (body: JsonObject): readonly string[] => {
  const lists = Object.values(body).filter((value) => isJsonArray(value));
  return lists.flatMap((list) => (isJsonArray(list) ? list.filter(isJsonObject).map(idIn) : []));
};
