import type { JsonObject, JsonValue } from '../foundation/json.ts';
import { ADDITIONAL_FIELDS, type Columns, map, named, required, text } from './columns.ts';
import type { Endpoint } from './endpoint.ts';
import type { Select } from './selectors.ts';

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

/** A time of a row, and the column that carries it, which is also its name in the state. */
export interface RowTime {
  readonly column: string;
  /** Epoch milliseconds; undefined when the row does not say. */
  readonly valueOf: (row: JsonObject) => number | undefined;
}

/** Folders that a list holds among its rows; they are no rows of the stream. */
export interface Folders {
  readonly isFolder: (row: JsonObject) => boolean;
  /** True if what is in a folder comes only when it is asked for, by the folder as the slice's parent. */
  readonly areOpened: boolean;
}

/** Read whole, in one answer or page by page. */
export interface ListRetrieval {
  readonly kind: 'list';
  readonly endpoint: Endpoint;
  readonly folders?: Folders;
  /** When the rows changed, if they say so: incremental syncs then read all and emit what is new. */
  readonly changed?: RowTime;
}

/** Rows of another stream, each of which the endpoint has to be asked with. */
export interface ParentList {
  readonly of: StreamDefinition;
  /** What is kept of a parent besides its id. */
  readonly keep?: (row: JsonObject) => JsonObject;
}

/** Walks from the newest row down. */
export interface Descent {
  readonly endpoint: Endpoint;
  /** What the rows come by, descending. */
  readonly key: RowTime;
  readonly limit: number;
  readonly tokenOf: (row: JsonObject) => PageToken | undefined;
  /** True if several rows may carry the same token, so that a page edge between them would skip rows. */
  readonly sharedTokens: boolean;
  /** Parameters of the page after a token. */
  readonly after: (token: PageToken) => JsonObject;
}

/** Read by closed windows of time, oldest first. */
export interface WindowsRetrieval {
  readonly kind: 'windows';
  readonly endpoint: Endpoint;
  /** What the windows are cut by: the time a row was made, or of the event it tells of. */
  readonly by: RowTime;
  /** True if `by` is the time of an event, which says nothing of when the row was made. */
  readonly isEventTime?: boolean;
  /** When the rows changed, if they say so; without, the rows of the trailing window are emitted at each sync. */
  readonly changed?: RowTime;
  /** How much is read again at each sync, because its rows still change. */
  readonly trailingDays: number;
  /** How far into the future events are read. */
  readonly aheadDays?: number;
  /** The shortest window that can be asked for: a day where bounds are dates. */
  readonly shortestMs: number;
  /** Rows of a window at most; a larger one is cut. */
  readonly mostRows: number;
  /** Lists whose rows have to be named one by one. */
  readonly parents?: readonly ParentList[];
  /** How recent changes are found instead of by reading the trailing window again. */
  readonly recent?: Descent;
}

/** Read from the newest row back to the checkpoint; and to the very end once in `fullPassDays`. */
export interface NewestFirstRetrieval {
  readonly kind: 'newest_first';
  readonly descent: Descent;
  readonly fullPassDays: number;
}

/** Read by way of another stream's rows. */
export interface ChildrenRetrieval {
  readonly kind: 'children';
  readonly of: StreamDefinition;
  readonly rows:
    | {
        /** The children lie in the parent's row. */
        readonly from: 'parent';
        readonly of: (parent: JsonObject) => readonly JsonObject[];
      }
    | {
        /** One request (or several, with pages) a parent. */
        readonly from: 'request';
        readonly endpoint: Endpoint;
        /** Parents that are asked for. Default: all. */
        readonly asks?: (parent: JsonObject) => boolean;
        /** What is kept of a parent besides its id. */
        readonly keep?: (row: JsonObject) => JsonObject;
        /** The rows of a row of the answer, with what they take from the parent. Default: itself. */
        readonly of?: (row: JsonObject, parent: JsonObject) => readonly JsonObject[];
        /** The answers for several parents may hold the same row; a read emits it once, by its id. Default: no. */
        readonly isShared?: boolean;
      };
  /** Incremental by the parents: the column that carries when the parent changed. */
  readonly follows?: string;
  /** Incremental by the children's own times: all are read, what is new is emitted. */
  readonly changed?: RowTime;
}

/** Another stream's rows, all of them at each sync, by its largest pages. */
export interface SnapshotRetrieval {
  readonly kind: 'snapshot';
  /** A stream that is read by search. */
  readonly of: StreamDefinition;
}

/** The locations of the sync themselves: rows come from the sync's own knowledge of them. */
export interface DirectoryRetrieval {
  readonly kind: 'directory';
}

/** What the sync did: rows come from its own record of itself, when all else has been read. */
export interface ReportRetrieval {
  readonly kind: 'report';
}

export type Retrieval =
  | SearchRetrieval
  | ListRetrieval
  | WindowsRetrieval
  | NewestFirstRetrieval
  | ChildrenRetrieval
  | SnapshotRetrieval
  | DirectoryRetrieval
  | ReportRetrieval;

/** Everything that makes one stream different from another. */
export interface StreamDefinition {
  readonly name: string;
  /** For docs/streams.md: what a row is. */
  readonly description: string;
  /** Columns that identify a row; texts. */
  readonly primaryKey: readonly string[];
  /** The OAuth scope that its own endpoint needs; its parents may need others. None for what no endpoint gives. */
  readonly scope?: string;
  readonly columns: Columns;
  /** Keys of the API's rows that are no data of theirs: paging, internals. */
  readonly ignoredKeys: readonly string[];
  readonly retrieval: Retrieval;
  /** Reshapes a row of the API before its columns are read: where a value is spread over several places. Pure. */
  readonly prepare?: (row: JsonObject) => JsonObject;
  /** A column that needs another list of the location. */
  readonly lookup?: Lookup;
  /** False if rows carry only what is declared: what else the API sends is not wanted. Default: true. */
  readonly keepsRest?: boolean;
  /** True if reading costs so many requests that the stream is offered only to those who ask for it. */
  readonly isCostly?: boolean;
  /** For docs/streams.md: what is special about its rows, and what it can miss; a sentence each. */
  readonly notes?: readonly string[];
}

/** Fills a column from another list of the location, which is fetched once and only when a row needs it. */
export interface Lookup {
  readonly column: string;
  readonly of: StreamDefinition;
  /** What is remembered of the list, by the ids that rows refer to. Small: it is kept until the location has been read. */
  readonly index: (rows: readonly JsonObject[]) => LookupIndex;
  /** The ids that a row refers to. */
  readonly idsOf: (row: JsonObject) => readonly string[];
  /** The row with the column's value, under the column's name in the API's spelling. */
  readonly fill: (row: JsonObject, index: LookupIndex) => JsonObject;
}

export type LookupIndex = ReadonlyMap<string, JsonObject>;

/** A stream that is read in one of the ways. */
export type StreamReadBy<Kind extends Retrieval['kind']> = StreamDefinition & {
  readonly retrieval: Extract<Retrieval, { readonly kind: Kind }>;
};

export const isReadBy = <Kind extends Retrieval['kind']>(
  stream: StreamDefinition,
  kind: Kind,
): stream is StreamReadBy<Kind> => stream.retrieval.kind === kind;

export type SearchStream = StreamReadBy<'search'>;

type Declaration = Omit<StreamDefinition, 'primaryKey' | 'ignoredKeys'> &
  Partial<Pick<StreamDefinition, 'primaryKey' | 'ignoredKeys'>>;

/**
 * Declares a stream. Its key is `location_id` and `id` unless it says otherwise, because an id copied between locations
 * must not overwrite a row; these two and `additional_fields` are columns of every stream.
 */
export const defineStream = ({
  primaryKey = ['location_id', 'id'],
  ignoredKeys = [],
  columns,
  ...rest
}: Declaration): StreamDefinition => ({
  ...rest,
  primaryKey,
  ignoredKeys,
  columns: {
    ...(primaryKey.includes('id') && { id: required(named(text(), 'id', '_id')) }),
    location_id: required(text()),
    ...columns,
    // Filled by the normaliser, from no field of the API.
    [ADDITIONAL_FIELDS]: named(map()),
  },
});
