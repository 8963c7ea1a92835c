import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject, textAt } from '../../src/foundation/json.ts';
import type { Simulator } from './simulator.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Empty if the answer is no JSON object. */
  readonly body: JsonObject;
}

/** Asks a simulator in process, as a client with good manners; a header of undefined is left out. */
export interface TestClient {
  readonly get: (path: string, headers?: HeaderChanges) => Promise<Reply>;
  readonly post: (path: string, body: JsonObject, headers?: HeaderChanges) => Promise<Reply>;
  readonly form: (
    path: string,
    fields: Readonly<Record<string, string>>,
    headers?: HeaderChanges,
  ) => Promise<Reply>;
}

export type HeaderChanges = Readonly<Record<string, string | undefined>>;

const ORIGIN = 'https://services.leadconnectorhq.com';

const parse = (text: string): JsonObject => {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : {};
  } catch {
    return {};
  }
};

export const createTestClient = (simulator: Simulator, token?: string): TestClient => {
  const send = async (path: string, init: RequestInit, changes: HeaderChanges): Promise<Reply> => {
    const headers = {
      'user-agent': 'simulator-tests/1.0',
      accept: 'application/json',
      version: '2021-07-28',
      authorization: token === undefined ? undefined : `Bearer ${token}`,
      ...changes,
    };
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await simulator.handle(new Request(`${ORIGIN}${path}`, { ...init, headers: sent }));
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      body: parse(text),
    };
  };
  return {
    get: (path, headers = {}) => send(path, { method: 'GET' }, headers),
    post: (path, body, headers = {}) =>
      send(
        path,
        { method: 'POST', body: JSON.stringify(body) },
        { 'content-type': 'application/json', ...headers },
      ),
    form: (path, fields, headers = {}) =>
      send(
        path,
        { method: 'POST', body: new URLSearchParams(fields).toString() },
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ),
  };
};

/** The list of objects under `key`. */
export const rowsIn = ({ body }: Pick<Reply, 'body'>, key: string): readonly JsonObject[] => {
  const rows = body[key];
  return isJsonArray(rows) ? rows.filter((row) => isJsonObject(row)) : [];
};

export const idsOf = (rows: readonly JsonObject[]): readonly string[] =>
  rows.map((row) => textAt(row, 'id') ?? '');

/** The location a simulator was created with first. */
export const firstLocation = ({ world }: Simulator): string => {
  const [id] = world.locationIds();
  if (id === undefined) throw new RangeError('There is no location.');
  return id;
};

/** The row at an index, which may count from the end. */
export const rowAt = (rows: readonly JsonObject[], index: number): JsonObject => {
  const row = rows.at(index);
  if (row === undefined) throw new RangeError(`There is no row ${index}.`);
  return row;
};

/** Walks a search by token to its end: an empty page. */
export const walk = async (
  ask: (searchAfter: JsonValue | undefined) => Promise<Reply>,
  key: 'contacts' | 'opportunities',
): Promise<readonly JsonObject[]> => {
  const found: JsonObject[] = [];
  let token: JsonValue | undefined;
  for (;;) {
    const reply = await ask(token);
    if (reply.status >= 300) throw new Error(reply.text);
    const rows = rowsIn(reply, key);
    if (rows.length === 0) return found;
    found.push(...rows);
    token = rows.at(-1)?.[key === 'contacts' ? 'searchAfter' : 'sort'];
  }
};
