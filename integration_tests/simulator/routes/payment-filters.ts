import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { isJsonObject } from '../../../src/foundation/json.ts';
import { refusal } from '../answers.ts';
import type { CollectionKind } from '../collections/kinds.ts';
import { byTime, newestFirst } from '../list-page.ts';
import { isoOf } from '../location-seed.ts';
import { refuseUnknown } from '../parameters.ts';
import type { RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';

/** What a list of payments lets its client choose. */
export interface PaymentFilters {
  readonly kind: CollectionKind;
  /** Parameters beside those that the other settings name. */
  readonly parameters: readonly string[];
  /** Parameters that HighLevel knows and this simulation does not. */
  readonly unsimulated?: readonly string[];
  /** Parameter → where the row has the text that must be the same. */
  readonly equals: Readonly<Record<string, string>>;
  /** Where `search` looks; without any place there is no such parameter. */
  readonly searched: readonly string[];
  /** The row's time that `startAt` and `endAt` are about, if they are known at all. */
  readonly windowKey?: string;
}

type RowTest = (row: JsonObject) => boolean;

const MINUTE_MS = 60_000;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** The text at a path of keys with dots between them. */
const textIn = (row: JsonObject, path: string): string =>
  textOf(
    path
      .split('.')
      .reduce<JsonValue | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), row),
  );

/** The moment at which a day begins: some hours before midnight UTC. */
const dayStart = ({ call, server }: RouteContext, name: string): number | undefined => {
  const text = call.query[name];
  if (text === undefined) return undefined;
  const midnight = DAY_SHAPE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(midnight) || isoOf(midnight).slice(0, 10) !== text)
    throw refusal(422, [`${name} must be a valid date in the format YYYY-MM-DD`]);
  return midnight - server.knobs.dayOffsetMinutes * MINUTE_MS;
};

/** From the beginning of the one day to the beginning of the other, which is itself left out. */
const inWindow = (context: RouteContext, key: string): RowTest => {
  const from = dayStart(context, 'startAt');
  const to = dayStart(context, 'endAt');
  if (from === undefined && to === undefined) return () => true;
  return (row) => {
    const time = Date.parse(textOf(row[key]));
    return time >= (from ?? Number.NEGATIVE_INFINITY) && time < (to ?? Number.POSITIVE_INFINITY);
  };
};

const inMode = (mode: string | undefined): RowTest => {
  if (mode !== 'live' && mode !== 'test') return () => true;
  return ({ liveMode }) => liveMode === (mode === 'live');
};

const refuseUnsimulated = ({ call }: RouteContext, names: readonly string[]): void => {
  const sent = names.find((name) => call.query[name] !== undefined);
  if (sent !== undefined) throw refusal(400, `${sent} is not part of this simulation.`);
};

/** Refuses what the list does not know or cannot do; to be called before anything else of a request is looked at. */
export const checkFilters = (context: RouteContext, filters: PaymentFilters): void => {
  const { parameters, unsimulated = [], equals, searched, windowKey } = filters;
  refuseUnknown(context.call.query, [
    ...parameters,
    ...unsimulated,
    ...Object.keys(equals),
    ...(windowKey === undefined ? [] : ['startAt', 'endAt']),
    ...(searched.length === 0 ? [] : ['search']),
    'limit',
    'offset',
  ]);
  refuseUnsimulated(context, unsimulated);
};

/** The rows that were asked for, those that were created last first. */
export const filteredRows = (context: RouteContext, filters: PaymentFilters): readonly JsonObject[] => {
  const { query } = context.call;
  const { kind, equals, searched, windowKey } = filters;
  const text = (query['search'] ?? '').toLowerCase();
  const wanted = Object.entries(equals).filter(([parameter]) => query[parameter] !== undefined);
  const tests: readonly RowTest[] = [
    (row) => wanted.every(([parameter, path]) => textIn(row, path) === query[parameter]),
    (row) => text === '' || searched.some((path) => textIn(row, path).toLowerCase().includes(text)),
    inMode(query['paymentMode']),
    ...(windowKey === undefined ? [] : [inWindow(context, windowKey)]),
  ];
  const rows = context
    .location()
    .collection(kind)
    .listed()
    .filter((row) => tests.every((test) => test(row)));
  return newestFirst(byTime(rows, 'createdAt'));
};
