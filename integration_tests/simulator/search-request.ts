import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import { refusal } from './answers.ts';
import type { Dialect, FieldSpec } from './field-spec.ts';
import { type Matcher, parseFilters } from './filters.ts';
import { refuseUnknown } from './parameters.ts';
import type { SearchQuery, SortKey, SortValue } from './sorted-view.ts';
import { textOf } from './text-of.ts';
import { timeBoundsOf } from './time-bounds.ts';

/** How one search endpoint reads its body. */
export interface SearchForm {
  readonly keys: readonly string[];
  readonly sizeKey: 'pageLimit' | 'limit';
  readonly mostRows: number;
  readonly lowestPage: 0 | 1;
  readonly defaultSort: string;
  /** Which of a row's texts `query` looks in. */
  readonly queried: readonly string[];
  readonly dialect: Dialect;
}

export interface SearchRequest {
  readonly query: SearchQuery;
  readonly size: number;
  /** Undefined if the request names none. */
  readonly page: number | undefined;
  readonly searchAfter: readonly SortValue[] | undefined;
}

const MOST_SORTS = 2;
const LONGEST_QUERY = 75;

/** What the whitelisting validation says of the body, all at once. */
export const checkBody = (
  body: JsonObject,
  { keys, sizeKey, mostRows }: Pick<SearchForm, 'keys' | 'sizeKey' | 'mostRows'>,
): void => {
  refuseUnknown(body, keys);
  const messages: string[] = [];
  const { locationId, [sizeKey]: size } = body;
  if (typeof locationId !== 'string') messages.push('locationId must be a string');
  if (locationId === undefined || locationId === '') messages.push('locationId should not be empty');
  if (typeof size !== 'number' || !Number.isInteger(size))
    messages.push(`${sizeKey} must be a number conforming to the specified constraints`);
  else if (size > mostRows) messages.push(`${sizeKey} must not be greater than ${mostRows}`);
  else if (size < 1) messages.push(`${sizeKey} must not be less than 1`);
  if (messages.length > 0) throw refusal(422, messages);
};

const parsePage = (page: JsonValue | undefined, lowest: number): number | undefined => {
  if (page === undefined) return undefined;
  if (typeof page === 'number' && Number.isInteger(page) && page >= lowest) return page;
  throw refusal(422, [`page must not be less than ${lowest}`]);
};

const parseSortKey = (item: JsonValue, dialect: Dialect): SortKey => {
  if (!isJsonObject(item)) throw dialect.invalidValue('each value in sort must be an object');
  refuseUnknown(item, ['field', 'direction']);
  const { field: name, direction } = item;
  const field = typeof name === 'string' ? dialect.field(name) : undefined;
  if (field?.sortable !== true) throw dialect.invalidField(textOf(name));
  if (direction !== 'asc' && direction !== 'desc')
    throw dialect.invalidValue('direction must be one of the following values: asc, desc');
  return { field, descending: direction === 'desc' };
};

const requiredField = (dialect: Dialect, name: string): FieldSpec => {
  const field = dialect.field(name);
  if (field === undefined) throw new RangeError(`There is no field ${name}.`);
  return field;
};

/** Newest first unless the request says otherwise. */
const parseSort = (sort: JsonValue | undefined, { dialect, defaultSort }: SearchForm): readonly SortKey[] => {
  if (sort === undefined || (isJsonArray(sort) && sort.length === 0))
    return [{ field: requiredField(dialect, defaultSort), descending: true }];
  if (!isJsonArray(sort)) throw dialect.invalidValue('sort must be an array');
  if (sort.length > MOST_SORTS) throw dialect.invalidValue('sort must contain no more than 2 elements');
  return sort.map((item) => parseSortKey(item, dialect));
};

const parseQuery = (query: JsonValue | undefined, { queried, dialect }: SearchForm): Matcher | undefined => {
  if (query === undefined || query === '') return undefined;
  if (typeof query !== 'string') throw refusal(422, ['query must be a string']);
  if (query.length > LONGEST_QUERY)
    throw dialect.invalidValue('query must be shorter than or equal to 75 characters');
  const wanted = query.toLowerCase();
  return (source, ordinal) => {
    const row = source.row(ordinal);
    return queried.some((key) => textOf(row[key]).toLowerCase().includes(wanted));
  };
};

const isSortValue = (value: JsonValue): value is SortValue => value === null || typeof value !== 'object';

const parseToken = (
  token: JsonValue | undefined,
  sort: readonly SortKey[],
  dialect: Dialect,
): readonly SortValue[] | undefined => {
  if (token === undefined) return undefined;
  if (!isJsonArray(token)) throw refusal(422, ['searchAfter must be an array']);
  // One value for each sort, and the tie-breaker.
  if (token.length !== sort.length + 1 || !token.every(isSortValue) || typeof token.at(-1) !== 'string')
    throw dialect.invalidValue('Invalid searchAfter');
  return token;
};

const both = (first: Matcher | undefined, second: Matcher | undefined): Matcher | undefined => {
  if (first === undefined || second === undefined) return first ?? second;
  return (source, ordinal) => first(source, ordinal) && second(source, ordinal);
};

/** Reads what `checkBody` has let through; throws the endpoint's refusals. */
export const parseSearch = (body: JsonObject, form: SearchForm): SearchRequest => {
  const { filters, query, [form.sizeKey]: size } = body;
  const sort = parseSort(body['sort'], form);
  const matches = both(parseFilters(filters, form.dialect), parseQuery(query, form));
  const names = sort.map(({ field, descending }) => [field.name, descending]);
  const [first] = sort;
  const isByTime = first?.field.time !== undefined && !first.descending;
  return {
    query: {
      signature: JSON.stringify([filters ?? [], names, query ?? '']),
      order: JSON.stringify(names),
      bounds: isByTime ? timeBoundsOf(filters, first.field.time, form.dialect) : undefined,
      matches,
      sort,
    },
    size: Number(size),
    page: parsePage(body['page'], form.lowestPage),
    searchAfter: parseToken(body['searchAfter'], sort, form.dialect),
  };
};
