import type { StreamReadBy } from '../definition.ts';
import type { TimeWindow } from '../endpoint.ts';
import type { LocationRead } from '../location-read.ts';
import { planWindows } from '../plan-windows.ts';
import { parseWindowCursor, windowColumn } from '../window-cursor.ts';
import { deepSpan, firstSpan, needsDeepPass, trailingSpan } from '../window-passes.ts';
import { ORIGIN } from '../window-length.ts';
import { LAG_MS, windowRange } from '../window-range.ts';
import { type Amount, atLeast, atMost, exactly, mapAmount, NONE, sumOf, UNKNOWN } from './amount.ts';
import { countList, firstOfList } from './count-list.ts';
import type { Forecast } from './forecast.ts';
import { forecastDescent } from './forecast-descent.ts';
import { forecastList } from './forecast-list.ts';
import { windowRequests } from './window-requests.ts';

type WindowsStream = StreamReadBy<'windows'>;

/** What a read by windows covers. */
interface Coverage {
  /** The passes it makes; the last one reaches furthest back. */
  readonly spans: readonly TimeWindow[];
  /** What it walks down to besides, by the order of change; undefined where it does not. */
  readonly downTo: number | undefined;
  /** True if it emits every row that it meets. */
  readonly isWhole: boolean;
}

/** What a read covers, from the state of the location. */
const coverageOf = (
  { retrieval, name }: WindowsStream,
  read: LocationRead,
  { isIncremental, serverNow }: { readonly isIncremental: boolean; readonly serverNow: number },
): Coverage => {
  const now = serverNow - LAG_MS;
  const { startDate, lookbackMs, state, context } = read;
  const range = windowRange(retrieval, read);
  const circumstances = { now, range, lookbackMs };
  const first = firstSpan(circumstances);
  const kept =
    isIncremental && state !== undefined ? parseWindowCursor(state, windowColumn(retrieval)) : undefined;
  const place = `Location ${context.locationId}, ${name}`;
  const cursor = planWindows(kept, { startDate, latest: first.before, place, log: context.log });
  const { changed, pass } = cursor;
  const recentSince = (since: number | undefined): number | undefined =>
    retrieval.recent === undefined ? undefined : since;
  if (changed === undefined) {
    // One that was begun leaves what has changed since to the passes behind it.
    const rest = pass === undefined ? first : { since: pass.next, before: pass.until };
    const isWhole = startDate === undefined && pass === undefined;
    return { spans: [rest], downTo: recentSince(pass === undefined ? startDate : pass.began), isWhole };
  }
  const trailing = retrieval.recent === undefined ? [trailingSpan(cursor, circumstances)] : [];
  const deep = needsDeepPass(cursor, now) ? [deepSpan(retrieval, cursor, circumstances)] : [];
  return { spans: [...trailing, ...deep], downTo: recentSince(changed - lookbackMs), isWhole: false };
};

/** Asks how many rows a span holds; the first of the endpoint's passes only. */
const countSpan = async (
  { name, scope, retrieval: { endpoint } }: WindowsStream,
  { context }: LocationRead,
  window: TimeWindow,
): Promise<Amount> => {
  const [pass = { parameters: {} }] = endpoint.passes;
  const slice = { locationId: context.locationId, window };
  const { rows } = await countList({ stream: name, scope, endpoint, slice, pass, context });
  return endpoint.passes.length > 1 ? atLeast(rows) : rows;
};

/** Where events have to be asked for by their owners, the first list of those is counted, and not the events. */
const forecastByParents = async (
  { retrieval }: WindowsStream,
  { context }: LocationRead,
  spans: readonly TimeWindow[],
): Promise<Forecast> => {
  const { parents = [] } = retrieval;
  const lists = parents.flatMap(({ of }) =>
    of.retrieval.kind === 'list' ? [{ ...of, retrieval: of.retrieval }] : [],
  );
  const [first, ...others] = lists;
  const counted = first === undefined ? undefined : await countList(firstOfList(first, context));
  const reading = await Promise.all(others.map((list) => forecastList(list, context, { isParent: false })));
  const owners = counted?.rows ?? NONE;
  const windows = spans.map((span) =>
    mapAmount(owners, (count) => windowRequests(retrieval, { span, rows: 0, parents: count })),
  );
  const requests = sumOf([exactly(1), ...reading.map((list) => list.requests), ...windows]);
  // Owners of the other lists are not counted, and much in a window makes it two.
  return { rows: UNKNOWN, requests: atLeast(requests), atOnce: context.parallel };
};

/** As far as there may be rows in it. */
const lengthOf = ({ since, before }: TimeWindow): number => Math.max(0, before - Math.max(since, ORIGIN));

/** What reading the spans is, which hold so many rows between them. */
const spansForecast = (
  { retrieval }: Pick<WindowsStream, 'retrieval'>,
  { spans, isWhole }: Coverage,
  { rows, hull, atOnce }: { readonly rows: Amount; readonly hull: TimeWindow; readonly atOnce: number },
): Forecast => {
  const partOf = (span: TimeWindow): number => lengthOf(span) / Math.max(1, lengthOf(hull));
  const requests = spans.map((span) =>
    mapAmount(rows, (some) =>
      windowRequests(retrieval, { span, rows: Math.round(some * partOf(span)), parents: 1 }),
    ),
  );
  return { rows: isWhole ? rows : atMost(rows), requests: sumOf(requests), atOnce };
};

/** Asks how much lies in what a read would cover: by one request, for all of it. */
export const forecastWindows = async (
  stream: WindowsStream,
  read: LocationRead,
  isIncremental: boolean,
): Promise<Forecast> => {
  const { retrieval, name, scope } = stream;
  const { context } = read;
  const serverNow = await context.serverNow();
  const coverage = coverageOf(stream, read, { isIncremental, serverNow });
  const { spans, downTo } = coverage;
  if (retrieval.parents !== undefined) return forecastByParents(stream, read, spans);
  const { recent } = retrieval;
  const [some] = spans;
  if (some === undefined) {
    const slice = { locationId: context.locationId };
    return recent === undefined || downTo === undefined
      ? { rows: NONE, requests: NONE, atOnce: 1 }
      : forecastDescent({ stream: name, scope, slice, context }, recent, downTo);
  }
  const hull = {
    since: Math.min(...spans.map(({ since }) => since)),
    before: Math.max(...spans.map(({ before }) => before)),
  };
  const rows = await countSpan(stream, read, hull);
  const forecast = spansForecast(stream, coverage, { rows, hull, atOnce: context.parallel });
  if (recent === undefined || downTo === undefined) return forecast;
  // What has changed of late comes besides, and is not counted.
  const requests = sumOf([forecast.requests, atLeast(exactly(1))]);
  return { ...forecast, rows: atLeast(forecast.rows), requests };
};
