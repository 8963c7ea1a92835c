import type { JsonObject, JsonValue } from '../foundation/json.ts';

/** A value of undefined is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type RequestBody =
  | { readonly kind: 'json'; readonly value: JsonObject }
  | { readonly kind: 'form'; readonly value: Readonly<Record<string, string>> };

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** Path below the base address, such as `/contacts/search`, or an absolute address (a token broker's). */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: RequestBody;
  /** For the whole exchange, instead of the client's own limit. */
  readonly timeoutMs?: number;
  /** Told the answer's headers when they are there, before the body; names in lower case. */
  readonly onHead?: (headers: Readonly<Record<string, string>>) => void;
  /** Asked as a success comes in, with its decoded bytes so far; false breaks it off. */
  readonly admits?: (bytes: number) => boolean;
}

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed answer; a text that is not JSON (an error page of the edge) stays a string. */
  readonly body: JsonValue;
  /** Length of the decoded answer in bytes. */
  readonly sizeBytes: number;
  /** True when the request's `admits` broke it off: there is no body, and it is larger than `sizeBytes`. */
  readonly isBrokenOff?: boolean;
}

/**
 * Sends one request once. Every status is an answer; it throws a transient ConnectorError when there was none, and a
 * caller's abort as the signal's reason.
 */
export interface HttpClient {
  readonly send: (request: HttpRequest, signal?: AbortSignal) => Promise<HttpResponse>;
}
