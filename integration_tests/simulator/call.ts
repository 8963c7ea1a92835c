import type { JsonValue } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import type { TokenClass } from './tokens.ts';

/** One request, as the simulator saw and answered it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON object or form; a body that is neither stays a text; null without one. */
  readonly body: JsonValue;
  /** The location the request names, wherever it names it. */
  readonly locationId: string | undefined;
  /** Undefined until the token has been recognised. */
  readonly tokenClass: TokenClass | undefined;
  /** 0 until it has been answered, and for good if the connection was reset. */
  readonly status: number;
  /** Server's time of arrival in milliseconds since the epoch. */
  readonly at: number;
}

/** The same while it is being answered. */
export type OpenCall = { -readonly [Key in keyof Call]: Call[Key] };

const parseBody = (text: string, contentType: string): JsonValue => {
  if (text === '') return null;
  if (contentType.includes('application/x-www-form-urlencoded'))
    return Object.fromEntries(new URLSearchParams(text));
  if (!contentType.includes('application/json')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : text;
  } catch {
    return text;
  }
};

const locationOf = (path: string, parts: readonly JsonValue[]): string | undefined => {
  const inPath = /^\/locations\/([^/]+)/.exec(path)?.[1];
  if (inPath !== undefined && inPath !== 'search') return inPath;
  for (const part of parts) {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) continue;
    const found = Object.entries(part).find(
      ([key]) => key === 'locationId' || key === 'location_id' || key === 'altId',
    )?.[1];
    if (typeof found === 'string' && found !== '') return found;
  }
  return undefined;
};

export const openCall = async (request: Request, at: number): Promise<OpenCall> => {
  const url = new URL(request.url);
  const query = Object.fromEntries(url.searchParams);
  const body = parseBody(await request.text(), request.headers.get('content-type') ?? '');
  return {
    method: request.method,
    path: url.pathname,
    query,
    headers: Object.fromEntries(request.headers),
    body,
    locationId: locationOf(url.pathname, [query, body]),
    tokenClass: undefined,
    status: 0,
    at,
  };
};
