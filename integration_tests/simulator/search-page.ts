import type { JsonObject } from '../../src/foundation/json.ts';
import type { Dialect } from './field-spec.ts';
import type { Knobs } from './options.ts';
import type { SearchIndex } from './search-index.ts';
import type { SortValue, View } from './sorted-view.ts';
import type { SearchRequest } from './search-request.ts';

export interface FoundRow {
  readonly row: JsonObject;
  readonly token: readonly SortValue[];
}

/** The rows from `start` to `end` (excluded) of a view. */
export interface FoundPage {
  readonly view: View;
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

/** Remembers which tokens were issued for which question, so that another question can refuse them. */
export interface IssuedTokens {
  readonly has: (index: SearchIndex, signature: string, token: readonly SortValue[]) => boolean;
  readonly add: (index: SearchIndex, signature: string, page: FoundPage) => void;
}

/** Past so many, only the last token of a page is remembered: the one that is documented to lead on. */
const MOST_TOKENS = 20_000;

export const createIssuedTokens = (): IssuedTokens => {
  const issued = new WeakMap<SearchIndex, Map<string, Set<string>>>();
  const tokensOf = (index: SearchIndex, signature: string): Set<string> => {
    const questions = issued.get(index) ?? new Map<string, Set<string>>();
    issued.set(index, questions);
    const tokens = questions.get(signature) ?? new Set<string>();
    questions.set(signature, tokens);
    return tokens;
  };
  return {
    has: (index, signature, token) => tokensOf(index, signature).has(JSON.stringify(token)),
    add: (index, signature, { view, start, end }) => {
      const tokens = tokensOf(index, signature);
      const first = tokens.size < MOST_TOKENS ? start : Math.max(start, end - 1);
      for (let position = first; position < end; position += 1)
        tokens.add(JSON.stringify(view.tokenAt(position)));
    },
  };
};

export interface Searched {
  readonly index: SearchIndex;
  readonly issued: IssuedTokens;
  readonly knobs: Knobs;
  readonly now: number;
  readonly dialect: Dialect;
  readonly lowestPage: 0 | 1;
}

const startBehindToken = (
  view: View,
  token: readonly SortValue[],
  { query }: SearchRequest,
  { index, issued, knobs, dialect }: Searched,
): number => {
  if (knobs.nullTokens === 'refuse' && token.includes(null))
    throw dialect.invalidValue('Invalid searchAfter');
  if (knobs.tokenBinding === 'issued' && !issued.has(index, query.signature, token))
    throw dialect.invalidValue('Invalid searchAfter');
  return view.after(token);
};

const startOfPage = (
  page: number,
  { size }: SearchRequest,
  { knobs, dialect, lowestPage }: Searched,
): number => {
  // Where the lowest page is 0, 1 is the second page.
  const start = (page - lowestPage) * size;
  if (start + size > knobs.pageWindow)
    throw dialect.invalidValue(
      `Only the first ${knobs.pageWindow} records can be reached by page, use searchAfter`,
    );
  return start;
};

const startOf = (view: View, request: SearchRequest, searched: Searched): number => {
  const { page, searchAfter } = request;
  if (page !== undefined && searchAfter !== undefined && searched.knobs.pageWithToken === 'refuse')
    throw searched.dialect.invalidValue('page and searchAfter cannot be used together');
  if (page !== undefined) return startOfPage(page, request, searched);
  return searchAfter === undefined ? 0 : startBehindToken(view, searchAfter, request, searched);
};

/** One page of the live index: nothing is frozen between two of them. */
export const searchPage = (request: SearchRequest, searched: Searched): FoundPage => {
  const { index, issued, knobs, now } = searched;
  const view = index.view(request.query, now);
  const start = startOf(view, request, searched);
  const size = Math.min(request.size, knobs.silentPageSize ?? request.size);
  const end = Math.min(view.size(), start + size);
  const page = { view, start, end, total: knobs.reportedTotal(view.size()) };
  issued.add(index, request.query.signature, page);
  return page;
};

/** @param shown what is given in place of a row as the index knows it */
export const rowsOf = (
  { view, start, end }: FoundPage,
  shown: (row: JsonObject) => JsonObject,
): readonly FoundRow[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, at) => ({
    row: shown(view.rowAt(start + at)),
    token: view.tokenAt(start + at),
  }));
