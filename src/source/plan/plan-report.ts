import { ourPart } from '../../http/our-part.ts';
import { type Amount, expectedOf, NONE, sumOf } from '../../stream/forecast/amount.ts';
import type { LocationPlan } from './plan-locations.ts';
import type { Plan, StreamPlan } from './plan.ts';
import { DOCUMENTED_QUOTA, type Quota } from './quota-register.ts';
import { ASSUMED, locationSeconds, streamSeconds } from './sync-time.ts';

/** `most` is null where nobody says. */
interface AmountReport {
  readonly least: number;
  readonly most: number | null;
}

interface Share {
  /** Of the requests that HighLevel allows a day. */
  readonly daily_share: number;
  /** Of the requests that we may send in ten seconds (`max_quota_share`); 2 takes two such intervals. */
  readonly burst_share: number;
}

export interface LocationReport extends Share {
  readonly location_id: string;
  readonly rows: AmountReport;
  readonly requests: AmountReport;
  readonly seconds: number;
  /** Why there are no figures; else null. */
  readonly problem: string | null;
}

export interface StreamReport {
  readonly stream: string;
  readonly sync_mode: string;
  readonly rows: AmountReport;
  readonly requests: AmountReport;
  readonly seconds: number;
  readonly locations: readonly LocationReport[];
  readonly problem: string | null;
}

/** A location over all streams. */
export interface TotalReport extends Share {
  readonly location_id: string;
  readonly requests: AmountReport;
  readonly daily_quota: number;
  /** Null where no answer has told. */
  readonly daily_quota_left: number | null;
}

/** What `plan --json` prints; described in docs/plan.md. Keys are only ever added. */
export interface PlanReport {
  readonly plan_version: 1;
  readonly max_quota_share: number;
  readonly assumed: {
    readonly answer_seconds: number;
    readonly rows_per_second: number;
    readonly requests_in_flight: number;
  };
  readonly streams: readonly StreamReport[];
  readonly locations: readonly TotalReport[];
  readonly fixed_requests: {
    readonly list_of_locations: number;
    readonly tokens: number;
    readonly profiles: number;
  };
  readonly total: { readonly rows: AmountReport; readonly requests: AmountReport; readonly seconds: number };
  readonly planning: { readonly requests: number };
}

interface Settings {
  /** In (0, 1]. */
  readonly quotaShare: number;
  readonly maxConcurrency: number | undefined;
}

const SECOND_MS = 1000;
const TENTHS = 10;

const amountReport = ({ least, most }: Amount): AmountReport => ({ least, most: most ?? null });
const rounded = (seconds: number): number => Math.ceil(seconds * TENTHS) / TENTHS;
/** To a millionth: of 200,000 requests one is a two-hundred-thousandth. */
const share = (part: number, whole: number): number => Math.round((part / whole) * 1e6) / 1e6;

const allowed = ({ burst }: Quota, { quotaShare }: Settings): number => ourPart(burst, quotaShare);

const sharesOf = (requests: Amount, quota: Quota, settings: Settings): Share => ({
  daily_share: share(expectedOf(requests), quota.daily),
  burst_share: share(expectedOf(requests), allowed(quota, settings)),
});

const rateOf = (quota: Quota, settings: Settings): number =>
  allowed(quota, settings) / (quota.intervalMs / SECOND_MS);

const locationReport = (
  { locationId, forecast, problem }: LocationPlan,
  quota: Quota,
  settings: Settings,
): LocationReport => {
  const { rows, requests, atOnce } = forecast ?? { rows: NONE, requests: NONE, atOnce: 1 };
  const ratePerSecond = rateOf(quota, settings);
  return {
    location_id: locationId,
    rows: amountReport(rows),
    requests: amountReport(requests),
    ...sharesOf(requests, quota, settings),
    seconds: rounded(locationSeconds({ requests: expectedOf(requests), atOnce, ratePerSecond })),
    problem: problem ?? null,
  };
};

const streamReport = (
  { name, syncMode, locations, problem }: StreamPlan,
  { quotas }: Plan,
  settings: Settings,
): StreamReport => {
  const reports = locations.map((one) => locationReport(one, quotas.of(one.locationId), settings));
  const rows = sumOf(locations.map(({ forecast }) => forecast?.rows ?? NONE));
  const requests = sumOf(locations.map(({ forecast }) => forecast?.requests ?? NONE));
  const inFlight = Math.min(settings.maxConcurrency ?? Infinity, ASSUMED.requestsInFlight);
  const load = { requests: expectedOf(requests), rows: expectedOf(rows), inFlight };
  return {
    stream: name,
    sync_mode: syncMode,
    rows: amountReport(rows),
    requests: amountReport(requests),
    seconds: rounded(streamSeconds({ ...load, seconds: reports.map(({ seconds }) => seconds) })),
    locations: reports,
    problem: problem ?? null,
  };
};

const totalReports = ({ streams, locationIds, quotas }: Plan, settings: Settings): readonly TotalReport[] => {
  const totals = new Map(locationIds.map((locationId) => [locationId, NONE]));
  for (const { locationId, forecast } of streams.flatMap(({ locations }) => locations)) {
    const { requests = NONE } = forecast ?? {};
    totals.set(locationId, sumOf([totals.get(locationId) ?? NONE, requests]));
  }
  return [...totals].map(([locationId, requests]) => {
    const quota = quotas.of(locationId);
    return {
      location_id: locationId,
      requests: amountReport(requests),
      ...sharesOf(requests, quota, settings),
      daily_quota: quota.daily,
      daily_quota_left: quota.dailyLeft ?? null,
    };
  });
};

/** Puts figures to a plan: shares of quotas, and times. Streams are read one after the other, their locations side by side. */
export const planReport = (plan: Plan, settings: Settings): PlanReport => {
  const { fixed, streams: plans } = plan;
  const streams = plans.map((stream) => streamReport(stream, plan, settings));
  const amounts = plans.flatMap(({ locations }) => locations.flatMap(({ forecast }) => forecast ?? []));
  const { list, tokens, profiles } = fixed;
  // The list is read page by page; tokens are asked for while the first stream is read.
  const listSeconds = (list * ASSUMED.answerMs) / SECOND_MS;
  const tokenSeconds = tokens / rateOf(DOCUMENTED_QUOTA, settings);
  const [first = 0, ...others] = streams.map(({ seconds }) => seconds);
  const seconds = others.reduce((sum, one) => sum + one, listSeconds + Math.max(first, tokenSeconds));
  const fixedSum = list + tokens + profiles;
  const requests = sumOf([{ least: fixedSum, most: fixedSum }, ...amounts.map((one) => one.requests)]);
  return {
    plan_version: 1,
    max_quota_share: settings.quotaShare,
    assumed: {
      answer_seconds: ASSUMED.answerMs / SECOND_MS,
      rows_per_second: ASSUMED.rowsPerSecond,
      requests_in_flight: ASSUMED.requestsInFlight,
    },
    streams,
    locations: totalReports(plan, settings),
    fixed_requests: { list_of_locations: list, tokens, profiles },
    total: {
      rows: amountReport(sumOf(amounts.map(({ rows }) => rows))),
      requests: amountReport(requests),
      seconds: rounded(seconds),
    },
    planning: { requests: plan.requests },
  };
};
