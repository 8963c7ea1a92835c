import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { COLLECTION_KINDS, type CollectionKind } from '../simulator/collections/kinds.ts';
import type { World } from '../simulator/world.ts';

/** The rows that a stream has to bring of a location, as HighLevel has them. */
type TruthOf = (world: World, locationId: string) => readonly JsonObject[];

const idOf = (row: JsonObject): string => textAt(row, 'id') ?? textAt(row, '_id') ?? '';

const idsIn = (rows: readonly JsonObject[]): ReadonlySet<string> => new Set(rows.map(idOf));

const isFolder = (row: JsonObject): boolean => row['type'] === 'folder' || row['campaignType'] === 'folder';

const rowsOf =
  (kind: CollectionKind): TruthOf =>
  (world, locationId) =>
    world.collection(locationId, kind).rows();

const withoutFolders =
  (kind: CollectionKind): TruthOf =>
  (world, locationId) =>
    rowsOf(kind)(world, locationId).filter((row) => !isFolder(row));

/** Rows whose parent, named by `key`, is still there: nobody can ask for the others. */
const ofLiving =
  (kind: CollectionKind, key: string, parents: TruthOf): TruthOf =>
  (world, locationId) => {
    const living = idsIn(parents(world, locationId));
    return rowsOf(kind)(world, locationId).filter((row) => living.has(textAt(row, key) ?? ''));
  };

/** The rows that lie in others. */
const within =
  (parents: TruthOf, key: string): TruthOf =>
  (world, locationId) =>
    parents(world, locationId).flatMap((row) => {
      const list = row[key];
      return isJsonArray(list) ? list.filter(isJsonObject) : [];
    });

const contacts: TruthOf = (world, locationId) => world.contacts(locationId);
const opportunities: TruthOf = (world, locationId) => world.opportunities(locationId);
const pipelines: TruthOf = (world, locationId) => world.pipelines(locationId);

const blockedSlots: TruthOf = (world, locationId) => {
  const calendars = idsIn(rowsOf('calendars')(world, locationId));
  const users = idsIn(rowsOf('users')(world, locationId));
  return rowsOf('blocked_slots')(world, locationId).filter(
    (row) => calendars.has(textAt(row, 'calendarId') ?? '') || users.has(textAt(row, 'assignedUserId') ?? ''),
  );
};

const objectRecords: TruthOf = (world, locationId) => {
  const custom = rowsOf('object_schemas')(world, locationId).filter((row) => row['standard'] !== true);
  const keys = new Set(custom.map((row) => textAt(row, 'key')));
  return rowsOf('object_records')(world, locationId).filter((row) => keys.has(textAt(row, 'objectKey')));
};

const relations: TruthOf = (world, locationId) => {
  const records = idsIn(objectRecords(world, locationId));
  return rowsOf('relations')(world, locationId).filter(
    (row) =>
      records.has(textAt(row, 'firstRecordId') ?? '') || records.has(textAt(row, 'secondRecordId') ?? ''),
  );
};

const collections = Object.fromEntries(COLLECTION_KINDS.map((kind) => [kind, rowsOf(kind)]));

const TRUTH: Readonly<Record<string, TruthOf>> = {
  ...collections,
  contacts,
  opportunities,
  pipelines,
  campaigns: (world, locationId) => world.campaigns(locationId),
  ['custom_fields']: (world, locationId) => world.customFields(locationId),
  contact_ids: contacts,
  opportunity_ids: opportunities,
  contact_attributions: contacts,
  contact_notes: ofLiving('contact_notes', 'contactId', contacts),
  pipeline_stages: within(pipelines, 'stages'),
  invoice_items: within(rowsOf('invoices'), 'invoiceItems'),
  order_items: within(rowsOf('orders'), 'items'),
  appointments: ofLiving('appointments', 'calendarId', rowsOf('calendars')),
  blocked_slots: blockedSlots,
  prices: ofLiving('prices', 'product', rowsOf('products')),
  funnels: withoutFolders('funnels'),
  funnel_pages: ofLiving('funnel_pages', 'funnelId', withoutFolders('funnels')),
  forms: withoutFolders('forms'),
  surveys: withoutFolders('surveys'),
  workflows: withoutFolders('workflows'),
  email_campaigns: withoutFolders('email_campaigns'),
  object_records: objectRecords,
  relations,
};

/** The rows of a location that a complete read of a stream brings. The stream `locations` has none: its rows are locations. */
export const truthOf = (world: World, stream: string, locationId: string): readonly JsonObject[] => {
  const truth = TRUTH[stream];
  if (truth === undefined) throw new RangeError(`Nobody has said where the simulator keeps ${stream}.`);
  return truth(world, locationId);
};

/** Ids of the truth, in a definite order. */
export const trueIds = (world: World, stream: string, locationId: string): readonly string[] =>
  truthOf(world, stream, locationId).map(idOf).sort();
