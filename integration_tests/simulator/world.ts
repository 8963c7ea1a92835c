import type { JsonObject } from '../../src/foundation/json.ts';
import type { Answer } from './answers.ts';
import type { Collection } from './collections/collection.ts';
import type { CollectionOf } from './collections/create-collections.ts';
import type { CollectionKind } from './collections/kinds.ts';
import type { LocationAccess, LocationOptions } from './options.ts';
import type { Table, WriteOptions } from './table.ts';

/** One location, as the routes see it. */
export interface LocationState {
  readonly id: string;
  row: JsonObject;
  access: LocationAccess;
  /** What a refused location answers; 403 if absent. */
  refusal: Pick<Answer, 'status'> & { readonly message: string };
  readonly installedAt: string;
  readonly privateToken: string;
  readonly contacts: Table;
  readonly opportunities: Table;
  pipelines: readonly JsonObject[];
  campaigns: readonly JsonObject[];
  customFields: readonly JsonObject[];
  /** Everything else. */
  readonly collection: CollectionOf;
}

/** The state of a table: what routes and mutators share. */
export interface WorldState {
  readonly locations: Map<string, LocationState>;
  readonly createLocation: (options: LocationOptions) => LocationState;
}

export type RowFields = JsonObject | ((index: number) => JsonObject);

/** The truth: rows exactly as the API would answer them, without paging keys, and every way to change them. */
export interface World {
  readonly locationIds: () => readonly string[];
  readonly locations: () => readonly JsonObject[];
  readonly contacts: (locationId: string) => readonly JsonObject[];
  readonly opportunities: (locationId: string) => readonly JsonObject[];
  readonly pipelines: (locationId: string) => readonly JsonObject[];
  readonly campaigns: (locationId: string) => readonly JsonObject[];
  readonly customFields: (locationId: string) => readonly JsonObject[];

  /** `fields` go over a seeded row whose times are now. */
  readonly addContact: (locationId: string, fields?: JsonObject, write?: WriteOptions) => JsonObject;
  readonly addContacts: (locationId: string, count: number, fields?: RowFields, write?: WriteOptions) => void;
  readonly updateContact: (
    locationId: string,
    id: string,
    changes: JsonObject,
    write?: WriteOptions,
  ) => JsonObject;
  readonly deleteContact: (locationId: string, id: string, write?: WriteOptions) => void;
  /** Replaces all contacts of the location, verbatim and searchable at once. */
  readonly setContacts: (locationId: string, rows: readonly JsonObject[]) => void;

  /** A `contactId` among the fields also becomes that of `contact` and of the primary relation. */
  readonly addOpportunity: (locationId: string, fields?: JsonObject, write?: WriteOptions) => JsonObject;
  readonly addOpportunities: (
    locationId: string,
    count: number,
    fields?: RowFields,
    write?: WriteOptions,
  ) => void;
  readonly updateOpportunity: (
    locationId: string,
    id: string,
    changes: JsonObject,
    write?: WriteOptions,
  ) => JsonObject;
  readonly deleteOpportunity: (locationId: string, id: string, write?: WriteOptions) => void;
  readonly setOpportunities: (locationId: string, rows: readonly JsonObject[]) => void;

  /** Replaces a list that has no search: pipelines, campaigns or custom fields. */
  readonly setList: (
    locationId: string,
    list: 'pipelines' | 'campaigns' | 'customFields',
    rows: readonly JsonObject[],
  ) => void;

  /** Everything else that a location has: its rows, and every way to change them. */
  readonly collection: (locationId: string, kind: CollectionKind) => Collection;

  /** Opens a sub-account and gives its id. */
  readonly addLocation: (options?: LocationOptions) => string;
  readonly updateLocation: (locationId: string, changes: JsonObject) => void;
  /** Deletes a sub-account with everything in it. */
  readonly removeLocation: (locationId: string) => void;
}

const rowOf = (fields: RowFields | undefined, index: number): JsonObject =>
  (typeof fields === 'function' ? fields(index) : fields) ?? {};

/** The same edits for whichever table of a location `tableOf` picks. */
const createEdits = (tableOf: (locationId: string) => Table) => ({
  rows: (locationId: string) => tableOf(locationId).rows(),
  add: (locationId: string, fields: JsonObject = {}, write: WriteOptions = {}) =>
    tableOf(locationId).add(fields, write),
  addMany: (locationId: string, count: number, fields?: RowFields, write?: WriteOptions) => {
    const table = tableOf(locationId);
    for (let index = 0; index < count; index += 1) table.add(rowOf(fields, index), write);
  },
  update: (locationId: string, id: string, changes: JsonObject, write?: WriteOptions) =>
    tableOf(locationId).update(id, changes, write),
  remove: (locationId: string, id: string, write?: WriteOptions) => {
    tableOf(locationId).remove(id, write);
  },
  set: (locationId: string, rows: readonly JsonObject[]) => {
    tableOf(locationId).set(rows);
  },
});

export const createWorld = ({ locations, createLocation }: WorldState): World => {
  const at = (locationId: string): LocationState => {
    const location = locations.get(locationId);
    if (location === undefined) throw new RangeError(`There is no location ${locationId}.`);
    return location;
  };
  const contacts = createEdits((locationId) => at(locationId).contacts);
  const opportunities = createEdits((locationId) => at(locationId).opportunities);
  return {
    locationIds: () => [...locations.keys()],
    locations: () => [...locations.values()].map(({ row }) => row),
    contacts: contacts.rows,
    opportunities: opportunities.rows,
    pipelines: (locationId) => at(locationId).pipelines,
    campaigns: (locationId) => at(locationId).campaigns,
    customFields: (locationId) => at(locationId).customFields,
    addContact: contacts.add,
    addContacts: contacts.addMany,
    updateContact: contacts.update,
    deleteContact: contacts.remove,
    setContacts: contacts.set,
    addOpportunity: opportunities.add,
    addOpportunities: opportunities.addMany,
    updateOpportunity: opportunities.update,
    deleteOpportunity: opportunities.remove,
    setOpportunities: opportunities.set,
    setList: (locationId, list, rows) => {
      at(locationId)[list] = rows;
    },
    collection: (locationId, kind) => at(locationId).collection(kind),
    addLocation: (options = {}) => createLocation(options).id,
    updateLocation: (locationId, changes) => {
      const location = at(locationId);
      location.row = { ...location.row, ...changes };
    },
    removeLocation: (locationId) => {
      at(locationId);
      locations.delete(locationId);
    },
  };
};
