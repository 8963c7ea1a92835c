import type { JsonObject } from '../../../src/foundation/json.ts';
import type { Answer } from '../answers.ts';
import type { Call } from '../call.ts';
import { newestFirst, pageOf } from '../list-page.ts';
import { queryChoice, refuseUnknown, requireTexts } from '../parameters.ts';
import type { Route, RouteContext } from '../server.ts';
import { textOf } from '../text-of.ts';
import { queryFlag } from './query-values.ts';

const PARAMETERS = [
  ...['locationId', 'limit', 'offset', 'status', 'emailStatus', 'name', 'parentId'],
  ...['limitedFields', 'archived', 'campaignsOnly', 'showStats'],
];
const STATUSES = ['active', 'pause', 'complete', 'cancelled', 'retry', 'draft', 'resend-scheduled'];
const EMAIL_STATUSES = [
  ...['all', 'not-started', 'paused', 'cancelled', 'processing', 'resumed', 'next-drip', 'complete'],
  ...['success', 'error', 'waiting', 'queued', 'queueing', 'reading', 'scheduled'],
];
const ESSENTIAL_FIELDS = [
  ...['id', 'templateDataDownloadUrl', 'updatedAt', 'type'],
  ...['templateType', 'templateId', 'downloadUrl', 'isPlainText'],
];

/** What is in a folder is listed only for who names the folder. */
export const isInFolder = (call: Call, { parentId }: JsonObject): boolean =>
  textOf(parentId) === (call.query['parentId'] ?? '');

export const isNamed = (call: Call, { name }: JsonObject): boolean =>
  textOf(name)
    .toLowerCase()
    .includes((call.query['name'] ?? '').toLowerCase());

const campaignMatcher = (call: Call): ((row: JsonObject) => boolean) => {
  // Without these two, only campaigns that are active and have been sent are listed, and nothing says so.
  const status = queryChoice(call, 'status', STATUSES) ?? 'active';
  const emailStatus = queryChoice(call, 'emailStatus', EMAIL_STATUSES) ?? 'complete';
  const archived = queryFlag(call, 'archived') ?? false;
  const campaignsOnly = queryFlag(call, 'campaignsOnly') ?? false;
  const isAsked = (row: JsonObject): boolean => {
    if (row['campaignType'] === 'folder') return !campaignsOnly && !archived;
    const isSent = emailStatus === 'all' || row['emailStatus'] === emailStatus;
    return row['status'] === status && isSent && (row['archived'] === true) === archived;
  };
  return (row) => isInFolder(call, row) && isNamed(call, row) && isAsked(row);
};

/** The row as this request gets it. */
const campaignView = (call: Call): ((row: JsonObject) => JsonObject) => {
  const isLimited = queryFlag(call, 'limitedFields') ?? false;
  const hasStats = queryFlag(call, 'showStats') ?? true;
  const isKept = (key: string): boolean =>
    isLimited ? ESSENTIAL_FIELDS.includes(key) : hasStats || key !== 'stats';
  return (row) => {
    const full: JsonObject = { ...row, _id: row['id'] ?? null };
    return Object.fromEntries(Object.entries(full).filter(([key]) => isKept(key)));
  };
};

const listCampaigns = (context: RouteContext): Answer => {
  const { call, server, location } = context;
  refuseUnknown(call.query, PARAMETERS);
  requireTexts(call.query, ['locationId']);
  const matches = location().collection('email_campaigns').listed().filter(campaignMatcher(call));
  const paging = { limit: 'limit', skip: 'offset', fallback: 10, most: 100 };
  return {
    status: 200,
    body: {
      schedules: pageOf(context, newestFirst(matches), paging).map(campaignView(call)),
      // The specification has a list here.
      total: [server.knobs.reportedTotal(matches.length)],
    },
  };
};

export const campaignRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/emails\/schedule$/,
    audience: 'location',
    scope: 'emails/schedule.readonly',
    location: 'validated',
    handle: listCampaigns,
  },
];
