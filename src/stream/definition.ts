import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { ADDITIONAL_FIELDS, type Columns, map, named, required, text } from './columns.ts';

/** The unit of state and of parallel work: one HighLevel location (sub-account). */
export interface Partition {
  readonly locationId: string;
}

/** An answer's rows as the API wrote them, and what the answer says about the whole. */
export interface RowsOfAnswer {
  readonly rows: readonly JsonObject[];
  /** Matches of the request's filter, if the answer says so. */
  readonly total: number | undefined;
}

/** Finds the rows of an answer. @throws ConnectorError when the answer is not of the expected shape */
export type Select = (body: JsonValue) => RowsOfAnswer;

/** Names the page that begins after a row. The API binds it to the sort and the filters it was given for. */
export type PageToken = readonly JsonValue[];

/** A point in time of a row that a search can filter and sort by. */
export interface SearchKey {
  /** The column that carries it; also its name in the state. */
  readonly column: string;
  /** The API's name for it in filters and sorts. */
  readonly field: string;
  /** Epoch milliseconds that a checkpoint may claim once the row was read; undefined when the row has none. */
  readonly valueOf: (row: JsonObject) => number | undefined;
  /** What the server orders the row by, as far as the row tells; epoch milliseconds. Default: `valueOf`. */
  readonly orderOf?: (row: JsonObject) => number | undefined;
}

export interface SearchRequest {
  readonly locationId: string;
  readonly filters: readonly JsonObject[];
  /** The API's name of the key to sort by, ascending. */
  readonly sortField: string;
  readonly limit: number;
  readonly after: PageToken | undefined;
}

/** Read by an advanced search: filters, sorts, and key-set paging. Allows incremental reads and resuming. */
export interface SearchRetrieval {
  readonly kind: 'search';
  readonly path: string;
  /** HighLevel's `Version` header. */
  readonly version: string;
  readonly select: Select;
  readonly body: (request: SearchRequest) => JsonObject;
  /** Rows to ask for in a page, largest first; the later ones are for servers that refuse the earlier ones. */
  readonly pageSizes: readonly [number, ...number[]];
  /** How the filters of this search write an instant. */
  readonly instant: (epochMs: number) => JsonValue;
  readonly tokenOf: (row: JsonObject) => PageToken | undefined;
  /** True if several rows may carry the same token, so that a page edge between them would skip rows. */
  readonly sharedTokens: boolean;
  /** Never changes after a row was made: what backfills and full refreshes walk by. */
  readonly created: SearchKey;
  /** Moves with every change: what incremental reads walk by. */
  readonly updated: SearchKey;
}

/** Read by one request a location; the answer is the whole list. */
export interface ListRetrieval {
  readonly kind: 'list';
  readonly version: string;
  readonly request: (partition: Partition) => {
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
  };
  readonly select: Select;
}

/** The locations of the sync themselves: rows come from the sync's own knowledge of them. */
export interface DirectoryRetrieval {
  readonly kind: 'directory';
}

/** Everything that makes one stream different from another. */
export interface StreamDefinition {
  readonly name: string;
  /** For docs/streams.md: what a row is. */
  readonly description: string;
  /** Columns that identify a row; texts. */
  readonly primaryKey: readonly string[];
  /** The OAuth scope that reading needs. */
  readonly scope: string;
  readonly columns: Columns;
  /** Keys of the API's rows that are paging and not data. */
  readonly pagingKeys: readonly string[];
  readonly retrieval: SearchRetrieval | ListRetrieval | DirectoryRetrieval;
  /** Reshapes a row of the API before its columns are read: where a value is spread over several places. Pure. */
  readonly prepare?: (row: JsonObject) => JsonObject;
}

export type SearchStream = StreamDefinition & { readonly retrieval: SearchRetrieval };

export const isSearchStream = (stream: StreamDefinition): stream is SearchStream =>
  stream.retrieval.kind === 'search';

type Declaration = Omit<StreamDefinition, 'primaryKey' | 'pagingKeys'> &
  Partial<Pick<StreamDefinition, 'primaryKey' | 'pagingKeys'>>;

/**
 * Declares a stream. Its key is `location_id` and `id` unless it says otherwise, because an id copied between locations
 * must not overwrite a row; these two and `additional_fields` are columns of every stream.
 */
export const defineStream = ({
  primaryKey = ['location_id', 'id'],
  pagingKeys = [],
  columns,
  ...rest
}: Declaration): StreamDefinition => ({
  ...rest,
  primaryKey,
  pagingKeys,
  columns: {
    ...(primaryKey.includes('id') && { id: required(named(text(), 'id', '_id')) }),
    location_id: required(text()),
    ...columns,
    // Filled by the normaliser, from no field of the API.
    [ADDITIONAL_FIELDS]: named(map()),
  },
});
