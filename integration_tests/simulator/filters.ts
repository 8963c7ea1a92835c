import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../src/foundation/json.ts';
import { type Dialect, type FieldSpec, type FieldType, type TimeKey, timeOf } from './field-spec.ts';
import { textOf } from './text-of.ts';

/** The searchable version of the rows. */
export interface RowSource {
  /** NaN when the row has no such time. */
  readonly time: (ordinal: number, key: TimeKey) => number;
  readonly row: (ordinal: number) => JsonObject;
}

export type Matcher = (source: RowSource, ordinal: number) => boolean;

/** Both documented for filter values and for `query`. */
const LONGEST_TEXT = 75;
const SHORTEST_CONTAINS = 3;

/** Which operator goes with which type, after HighLevel's tables of the two advanced searches. */
const OPERATORS: Readonly<Record<FieldType, readonly string[]>> = {
  id: ['eq', 'not_eq'],
  keyword: ['eq', 'not_eq', 'exists', 'not_exists'],
  text: ['eq', 'not_eq', 'contains', 'not_contains', 'exists', 'not_exists'],
  number: ['eq', 'not_eq', 'range', 'exists', 'not_exists'],
  date: ['range', 'exists', 'not_exists'],
};
const ISO_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

type Operand = (source: RowSource, ordinal: number) => JsonValue | undefined;

const operandOf =
  (field: FieldSpec): Operand =>
  (source, ordinal) => {
    if (field.time === undefined) return field.read(source.row(ordinal));
    const time = source.time(ordinal, field.time);
    return Number.isNaN(time) ? undefined : time;
  };

const isPresent = (value: JsonValue | undefined): boolean =>
  value !== undefined && value !== null && !(isJsonArray(value) && value.length === 0);

const listOf = (value: JsonValue | undefined): readonly JsonValue[] => {
  if (value === undefined || value === null) return [];
  return isJsonArray(value) ? value : [value];
};

const refuseUnknownKeys = (object: JsonObject, known: readonly string[], dialect: Dialect): void => {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw dialect.invalidValue(`property ${unknown} should not exist`);
};

const isScalar = (value: JsonValue): boolean =>
  typeof value === 'string' ? value.length <= LONGEST_TEXT : typeof value !== 'object';

const equalTo = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect): Matcher => {
  const wanted = listOf(value);
  if (wanted.length === 0 || !wanted.every(isScalar))
    throw dialect.invalidValue(`Invalid value for field ${field.name}`);
  const operand = operandOf(field);
  return (source, ordinal) => listOf(operand(source, ordinal)).some((actual) => wanted.includes(actual));
};

const containing = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect): Matcher => {
  if (typeof value !== 'string' || value.length > LONGEST_TEXT)
    throw dialect.invalidValue(`Invalid value for field ${field.name}`);
  if (value.length < SHORTEST_CONTAINS)
    throw dialect.invalidValue('Min. 3 characters required for applying contains filter');
  const wanted = value.toLowerCase();
  const operand = operandOf(field);
  return (source, ordinal) =>
    listOf(operand(source, ordinal)).some(
      (actual) => typeof actual === 'string' && actual.toLowerCase().includes(wanted),
    );
};

const boundOf = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect): number | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (field.type === 'date' && typeof value === 'string' && ISO_INSTANT.test(value)) return Date.parse(value);
  throw dialect.invalidValue(`Invalid value for field ${field.name}`);
};

/** Inclusive and exclusive bounds at millisecond precision; a row without the field is in no range. */
const within = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect): Matcher => {
  if (!isJsonObject(value) || Object.keys(value).length === 0)
    throw dialect.invalidValue(`Invalid value for field ${field.name}`);
  refuseUnknownKeys(value, ['gt', 'gte', 'lt', 'lte'], dialect);
  const [above, from, below, to] = ['gt', 'gte', 'lt', 'lte'].map((key) =>
    boundOf(field, value[key], dialect),
  );
  const operand = operandOf(field);
  const numberOf =
    field.type === 'date' ? timeOf : (actual: JsonValue | undefined) => Number(actual ?? Number.NaN);
  return (source, ordinal) => {
    const actual = numberOf(operand(source, ordinal));
    if (Number.isNaN(actual)) return false;
    if ((above !== undefined && actual <= above) || (from !== undefined && actual < from)) return false;
    return !((below !== undefined && actual >= below) || (to !== undefined && actual > to));
  };
};

const existing = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect): Matcher => {
  if (value !== undefined) throw dialect.invalidValue(`Invalid value for field ${field.name}`);
  const operand = operandOf(field);
  return (source, ordinal) => isPresent(operand(source, ordinal));
};

const not =
  (matcher: Matcher): Matcher =>
  (source, ordinal) =>
    !matcher(source, ordinal);

type LeafParser = (field: FieldSpec, value: JsonValue | undefined, dialect: Dialect) => Matcher;

const LEAF_PARSERS: ReadonlyMap<string, LeafParser> = new Map<string, LeafParser>([
  ['eq', equalTo],
  ['not_eq', (...leaf) => not(equalTo(...leaf))],
  ['contains', containing],
  ['not_contains', (...leaf) => not(containing(...leaf))],
  ['range', within],
  ['exists', existing],
  ['not_exists', (...leaf) => not(existing(...leaf))],
]);

const parseLeaf = (leaf: JsonObject, dialect: Dialect): Matcher => {
  refuseUnknownKeys(leaf, ['field', 'operator', 'value'], dialect);
  const { field: name, operator, value } = leaf;
  if (typeof name !== 'string') throw dialect.invalidValue('field must be a string');
  const field = dialect.field(name);
  if (field === undefined) throw dialect.invalidField(name);
  const create = typeof operator === 'string' ? LEAF_PARSERS.get(operator) : undefined;
  if (create === undefined || typeof operator !== 'string' || !OPERATORS[field.type].includes(operator))
    throw dialect.invalidValue(`Invalid operator ${textOf(operator)} for field ${name}`);
  return create(field, value, dialect);
};

const parseGroup = (group: JsonObject, dialect: Dialect): Matcher => {
  refuseUnknownKeys(group, ['group', 'filters'], dialect);
  const { group: kind, filters } = group;
  if ((kind !== 'AND' && kind !== 'OR') || !isJsonArray(filters))
    throw dialect.invalidValue('group must be one of the following values: AND, OR');
  const members = filters.map((member) => parseFilter(member, dialect));
  // An empty group matches everything, the OR too.
  if (kind === 'AND' || members.length === 0)
    return (source, ordinal) => members.every((matches) => matches(source, ordinal));
  return (source, ordinal) => members.some((matches) => matches(source, ordinal));
};

const parseFilter = (filter: JsonValue, dialect: Dialect): Matcher => {
  if (!isJsonObject(filter)) throw dialect.invalidValue('each value in filters must be an object');
  return 'group' in filter ? parseGroup(filter, dialect) : parseLeaf(filter, dialect);
};

/** The filters of a search, all of which must match; throws the dialect's refusals. */
export const parseFilters = (filters: JsonValue | undefined, dialect: Dialect): Matcher | undefined => {
  if (filters === undefined) return undefined;
  if (!isJsonArray(filters)) throw dialect.invalidValue('filters must be an array');
  return filters.length === 0 ? undefined : parseGroup({ group: 'AND', filters }, dialect);
};
