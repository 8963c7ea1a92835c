import type { JsonObject } from '../../../src/foundation/json.ts';
import { isJsonObject } from '../../../src/foundation/json.ts';
import { type Answer, refusal } from '../answers.ts';
import type { Call } from '../call.ts';
import { byTime, newestFirst, pageOf } from '../list-page.ts';
import { isoOf } from '../location-seed.ts';
import { queryNumber, refuseUnknown, requireTexts } from '../parameters.ts';
import type { RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';

const MINUTE_MS = 60_000;
const DAY_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const PAGING = { limit: 'limit', skip: 'page', fallback: 20, most: 100, firstPage: 1 } as const;
const PARAMETERS = ['locationId', 'page', 'limit', 'q', 'startAt', 'endAt'];

const dayOf = (epochMs: number): string => isoOf(epochMs).slice(0, 10);

/** The same day of the month before, or its last day if it has no such day. */
const monthBefore = (epochMs: number): number => {
  const date = new Date(epochMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return Date.UTC(year, month - 1, Math.min(date.getUTCDate(), lastDay));
};

/** The moment at which a day begins: some minutes before midnight UTC. */
const dayStart = ({ call, server }: RouteContext, name: string, fallback: string): number => {
  const text = call.query[name] ?? fallback;
  const midnight = DAY_SHAPE.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(midnight) || dayOf(midnight) !== text)
    throw refusal(422, [`${name} must be a valid date in the format YYYY-MM-DD`]);
  return midnight - server.knobs.dayOffsetMinutes * MINUTE_MS;
};

/** The last month up to today, unless the request says otherwise; the answer does not tell. */
const windowOf = (context: RouteContext): { readonly from: number; readonly to: number } => {
  const now = context.server.now();
  return {
    from: dayStart(context, 'startAt', dayOf(monthBefore(now))),
    // Like a day that was asked for, the one that is taken instead does not belong to the window.
    to: dayStart(context, 'endAt', dayOf(now)),
  };
};

const isFound = ({ query }: Call, { contactId, name, email, others }: JsonObject): boolean => {
  const text = (query['q'] ?? '').toLowerCase();
  if (text === '' || textOf(contactId).toLowerCase() === text) return true;
  const phone = isJsonObject(others) ? others['phone'] : undefined;
  return [name, email, phone].some((value) => textOf(value).toLowerCase().includes(text));
};

const metaOf = ({ call, server }: RouteContext, rows: readonly JsonObject[], isLast: boolean): JsonObject => {
  const currentPage = Math.max(1, queryNumber(call, 'page', { fallback: 1 }));
  return {
    total: server.knobs.reportedTotal(rows.length),
    currentPage,
    nextPage: isLast ? null : currentPage + 1,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  };
};

/** What was filled in within a window of days, the newest first. */
export const listSubmissions =
  (kind: 'form_submissions' | 'survey_submissions', parentKey: 'formId' | 'surveyId') =>
  (context: RouteContext): Answer => {
    const { call, location } = context;
    refuseUnknown(call.query, [...PARAMETERS, parentKey]);
    requireTexts(call.query, ['locationId']);
    const { from, to } = windowOf(context);
    const parentId = call.query[parentKey];
    const rows = location()
      .collection(kind)
      .listed()
      .filter((row) => parentId === undefined || row[parentKey] === parentId)
      .filter((row) => isFound(call, row))
      .filter((row) => {
        const createdAt = Date.parse(textOf(row['createdAt']));
        return createdAt >= from && createdAt < to;
      });
    const ordered = newestFirst(byTime(rows, 'createdAt'));
    const submissions = pageOf(context, ordered, PAGING);
    const isLast = submissions.length === 0 || submissions.at(-1) === ordered.at(-1);
    return { status: 200, body: { submissions, meta: metaOf(context, ordered, isLast) } };
  };
