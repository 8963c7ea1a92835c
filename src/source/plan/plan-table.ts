import { textTable } from '../../foundation/text-table.ts';
import { count, counted } from '../../foundation/words.ts';
import type { LocationReport, PlanReport, StreamReport } from './plan-report.ts';

type Amount = LocationReport['rows'];

const MOST_NAMED = 3;
const MINUTE_S = 60;
const HOUR_S = 3600;

const inWords = ({ least, most }: Amount): string => {
  if (most === null) return least === 0 ? 'unknown' : `≥ ${count(least)}`;
  if (least === most) return count(most);
  return least === 0 ? `≤ ${count(most)}` : `${count(least)}–${count(most)}`;
};

const expected = ({ least, most }: Amount): number => most ?? least;

const percent = (share: number): string => {
  if (share === 0) return '0 %';
  return share < 0.001 ? '< 0.1 %' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
};

const duration = (seconds: number): string => {
  if (seconds < 2 * MINUTE_S) return `${Math.ceil(seconds)} s`;
  return seconds < 2 * HOUR_S ? `${Math.ceil(seconds / MINUTE_S)} min` : `${(seconds / HOUR_S).toFixed(1)} h`;
};

const largestOf = <Location extends { readonly requests: Amount }>(
  locations: readonly Location[],
): readonly Location[] =>
  [...locations].sort((a, b) => expected(b.requests) - expected(a.requests)).slice(0, MOST_NAMED);

const streamRow = ({ stream, sync_mode: mode, rows, requests, seconds, locations }: StreamReport) => {
  const [largest] = largestOf(locations.filter(({ problem }) => problem === null));
  return [
    stream,
    mode,
    largest?.location_id ?? '–',
    inWords(rows),
    inWords(requests),
    largest === undefined ? '–' : inWords(largest.requests),
    percent(largest?.daily_share ?? 0),
    percent(largest?.burst_share ?? 0),
    duration(seconds),
  ];
};

const STREAM_HEAD = [
  ...['stream', 'mode', 'largest location', 'rows', 'requests'],
  ...['of the largest', 'of its day', 'of its 10 s', 'time'],
];

const LOCATION_HEAD = ['location', 'stream', 'rows', 'requests', 'of its day', 'of its 10 s', 'time'];

/** One line a stream; its largest location is the one that costs most requests. */
const byStream = ({ streams, total, fixed_requests: fixed }: PlanReport): readonly string[] => {
  const others = fixed.list_of_locations + fixed.tokens + fixed.profiles;
  return textTable(
    [
      STREAM_HEAD,
      ...streams.filter(({ problem }) => problem === null).map(streamRow),
      ['locations, tokens', '', '', '', count(others), '', '', '', ''],
      ['all', '', '', inWords(total.rows), inWords(total.requests), '', '', '', duration(total.seconds)],
    ],
    3,
  );
};

/** One line a location and stream, the locations in the order of the list. */
const byLocation = ({ streams, locations }: PlanReport): readonly string[] => {
  const lines = new Map<string, (readonly string[])[]>(locations.map((one) => [one.location_id, []]));
  for (const { stream, locations: parts } of streams) {
    for (const { location_id: id, rows, requests, problem, ...rest } of parts) {
      const shares = [percent(rest.daily_share), percent(rest.burst_share), duration(rest.seconds)];
      const figures =
        problem === null ? [inWords(rows), inWords(requests), ...shares] : ['failed', '', '', '', ''];
      lines.get(id)?.push([id, stream, ...figures]);
    }
  }
  return textTable([LOCATION_HEAD, ...[...lines.values()].flat()], 2);
};

const largestLines = ({ locations, streams }: PlanReport): readonly string[] => {
  if (locations.length < 2 || streams.length < 2) return [];
  const named = largestOf(locations).map(
    ({ location_id: id, requests, daily_share: daily }) =>
      `${id} (${inWords(requests)} ${expected(requests) === 1 ? 'request' : 'requests'}, ${percent(daily)} of its day)`,
  );
  return [`Largest locations over all streams: ${named.join(', ')}.`];
};

/** What a sync would take from a location that has less left for today. */
const shortLines = ({ locations, max_quota_share: share }: PlanReport): readonly string[] =>
  locations.flatMap(({ location_id: id, requests, daily_quota: daily, daily_quota_left: left }) => {
    const ours = left === null ? Infinity : left - Math.ceil(daily * (1 - share));
    return expected(requests) > ours
      ? [
          `${id}: more than the ${count(Math.max(0, ours))} requests that are left to us of today's ${count(daily)}.`,
        ]
      : [];
  });

/** Ids and streams that are named; there may be thousands. */
const MOST_LISTED = 10;

const listed = (names: ReadonlySet<string>): string => {
  const more = names.size - MOST_LISTED;
  return [...[...names].slice(0, MOST_LISTED), ...(more > 0 ? [`${count(more)} more`] : [])].join(', ');
};

/** One line a reason, which often is the same for many streams and locations. */
const problemLines = ({ streams }: PlanReport): readonly string[] => {
  const reasons = new Map<string, { readonly streams: Set<string>; readonly locations: Set<string> }>();
  for (const { stream, locations } of streams) {
    for (const { location_id: id, problem } of locations) {
      if (problem === null) continue;
      const reason = reasons.get(problem) ?? { streams: new Set(), locations: new Set() };
      reasons.set(problem, reason);
      reason.streams.add(stream);
      reason.locations.add(id);
    }
  }
  return [
    ...streams.flatMap(({ stream, problem }) =>
      problem === null ? [] : [`${stream} cannot be read: ${problem}`],
    ),
    ...[...reasons].map(
      ([problem, reason]) =>
        `${listed(reason.streams)} of ${listed(reason.locations)} cannot be told: ${problem}`,
    ),
  ];
};

/** The plan for people: a table, and what has to be said besides. */
export const planTable = (report: PlanReport, by: 'stream' | 'location'): string => {
  const { locations, planning, assumed } = report;
  const seconds = `${assumed.answer_seconds} s an answer`;
  return [
    ...(by === 'location' ? byLocation(report) : byStream(report)),
    '',
    `${counted(locations.length, 'location')}; times by our share of the quota and ${seconds}. This plan cost ${counted(planning.requests, 'request')}.`,
    ...largestLines(report),
    ...shortLines(report),
    ...problemLines(report),
  ].join('\n');
};
