import type { JsonObject, JsonValue } from '../foundation/json.ts';
import type { Select } from './selectors.ts';

/** A span of time: `since` inclusive, `before` exclusive; epoch milliseconds. */
export interface TimeWindow {
  readonly since: number;
  readonly before: number;
}

/** What one reading of an endpoint concerns. */
export interface EndpointSlice {
  readonly locationId: string;
  /** What is kept of the parent whose children are read, or of the folder whose content is. */
  readonly parent?: JsonObject | undefined;
  /** Rows whose time lies in it are wanted; more of them may come. */
  readonly window?: TimeWindow | undefined;
}

export interface EndpointRequest {
  readonly path: string;
  /** Query of a GET, body of a POST. */
  readonly parameters: JsonObject;
}

/** What a paginator is told of the page that has come. */
export interface PageRead {
  readonly rows: readonly JsonObject[];
  readonly body: JsonValue;
  /** Where the next page begins if it is to repeat `overlap` rows of this one, counted in rows. */
  readonly offset: number;
  /** Pages that have come so far. */
  readonly pages: number;
}

/** How the pages of a list are asked for, one after the other. */
export interface Paginator {
  /** Rows asked for. */
  readonly limit: number;
  /** Rows that a page repeats of the one before it, so that rows which move up by a few are not skipped; 0: none. */
  readonly overlap: number;
  /** True if a page's place is named by a row or a point in time, so that rows which go away do not move the others. */
  readonly holdsPlace: boolean;
  /** True if the place of a page is forgotten by the server after a while; the list is then read anew. */
  readonly expires: boolean;
  readonly first: JsonObject;
  /** Parameters of the next page; undefined when the answer says that there is none. */
  readonly next: (page: PageRead) => JsonObject | undefined;
}

/** One way of asking for a part of the rows. */
export interface Pass {
  /** Besides those of the request. */
  readonly parameters: JsonObject;
  /** What is known of its rows, for those that do not say it themselves. */
  readonly marks?: JsonObject;
}

/** One endpoint of the API that gives rows. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** HighLevel's `Version` header. */
  readonly version: string;
  readonly request: (slice: EndpointSlice) => EndpointRequest;
  readonly select: Select;
  /** Undefined where an answer is the whole list. */
  readonly paginator: Paginator | undefined;
  /** Asked one after the other, each time for other rows: where the API leaves some out unless they are asked for. */
  readonly passes: readonly Pass[];
}

type EndpointDeclaration = Pick<Endpoint, 'request' | 'select'> & Partial<Endpoint>;

/** An endpoint that is asked once by GET for its whole list, unless it is declared otherwise. */
export const endpoint = (declaration: EndpointDeclaration): Endpoint => ({
  method: 'GET',
  version: '2021-07-28',
  paginator: undefined,
  passes: [{ parameters: {} }],
  ...declaration,
});
