import type { JsonObject } from '../foundation/json.ts';
import { boolean, integer, list, map, text, textOrJson, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { inFolder } from './location-requests.ts';

const STATUSES = ['active', 'pause', 'complete', 'cancelled', 'retry', 'draft', 'resend-scheduled'];

const isCampaignFolder = ({ campaignType }: JsonObject): boolean => campaignType === 'folder';

/** https://marketplace.gohighlevel.com/docs/ghl/emails/fetch-campaigns */
export const emailCampaigns = defineStream({
  name: 'email_campaigns',
  description: 'E-mail campaigns of a location in every status, archived ones and those in folders included.',
  scope: 'emails/schedule.readonly',
  notes: [
    'HighLevel lists campaigns status by status and folder by folder: fourteen requests at least, and as many for each folder.',
    'Whether openings and clicks count as a change of the campaign is not documented: in incremental syncs `stats` may be as old as the last change.',
  ],
  ignoredKeys: ['__v'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: inFolder('/emails/schedule', { emailStatus: 'all', showStats: true }),
      select: listAt('schedules'),
      paginator: offsetPages({ limit: 100 }),
      // Without a status the API lists only what is active, without `archived` only what is not.
      passes: STATUSES.flatMap((status) =>
        [false, true].map((archived) => ({ parameters: { status, archived } })),
      ),
    }),
    folders: { isFolder: isCampaignFolder, areOpened: true },
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    subject: text(),
    campaign_type: text(),
    status: text(),
    email_status: text(),
    type: text(),
    // Undocumented: delivered, opened, clicked, and revenue where there is one.
    stats: map(),
    total_count: integer(),
    success_count: integer(),
    bulk_request_id: text(),
    bulk_action_version: text(),
    parent_id: text(),
    child_count: integer(),
    child: list(textOrJson()),
    repeat_after: text(),
    send_days: list(text()),
    archived: boolean(),
    deleted: boolean(),
    migrated: boolean(),
    has_tracking: boolean(),
    has_utm_tracking: boolean(),
    enable_resend_to_unopened: boolean(),
    is_plain_text: boolean(),
    template_id: text(),
    template_type: text(),
    document_id: text(),
    download_url: text(),
    template_data_download_url: text(),
    date_scheduled: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
