import { type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import type { PageToken } from './definition.ts';
import type { Paginator } from './endpoint.ts';

/** Rows that pages by offset repeat: enough for the deletions that happen while a page is on its way. */
const OVERLAP = 5;

interface OffsetNames {
  readonly limit: number;
  /** The parameter that counts the rows to skip. Default: `offset`. */
  readonly offsetName?: 'offset' | 'skip';
}

/** Pages by `limit` and a count of rows to skip. Rows come and go between pages, so they overlap. */
export const offsetPages = ({ limit, offsetName = 'offset' }: OffsetNames): Paginator => ({
  limit,
  overlap: OVERLAP,
  holdsPlace: false,
  expires: false,
  first: { limit, [offsetName]: 0 },
  next: ({ offset }) => ({ limit, [offsetName]: offset }),
});

interface NumberNames {
  readonly limit: number;
  /** The parameter for the size. Default: `limit`. */
  readonly limitName?: string;
}

/** Pages by number, from 1 on. They cannot overlap: for lists that nothing is added to, such as closed windows. */
export const numberedPages = ({ limit, limitName = 'limit' }: NumberNames): Paginator => ({
  limit,
  overlap: 0,
  holdsPlace: false,
  expires: false,
  first: { [limitName]: limit, page: 1 },
  next: ({ pages }) => ({ [limitName]: limit, page: pages + 1 }),
});

/** Pages by the token `nextCursor` of the answer before, which the server forgets after a while. */
export const cursorPages = ({ limit }: { readonly limit: number }): Paginator => {
  const cursorOf = (body: JsonValue): string | undefined =>
    typeof body === 'object' && body !== null && 'nextCursor' in body
      ? textAt(body, 'nextCursor')
      : undefined;
  return {
    limit,
    overlap: 0,
    holdsPlace: true,
    expires: true,
    first: { limit },
    next: ({ body }) => {
      const cursor = cursorOf(body);
      return cursor === undefined ? undefined : { limit, cursor };
    },
  };
};

interface RowTokens {
  readonly limit: number;
  readonly tokenOf: (row: JsonObject) => PageToken | undefined;
  /** Parameters of the page after a token; undefined for the first page. */
  readonly parameters: (limit: number, token: PageToken | undefined) => JsonObject;
}

/** Pages by the token that the last row of a page carries. */
export const pagesAfterRow = ({ limit, tokenOf, parameters }: RowTokens): Paginator => ({
  limit,
  overlap: 0,
  holdsPlace: true,
  expires: false,
  first: parameters(limit, undefined),
  next: ({ rows }) => {
    const last = rows.at(-1);
    const token = last === undefined ? undefined : tokenOf(last);
    return token === undefined ? undefined : parameters(limit, token);
  },
});
