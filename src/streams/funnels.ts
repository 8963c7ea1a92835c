import { boolean, integer, list, map, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { offsetPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { isFolder } from './folders.ts';
import { inFolder } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/funnels/get-funnels */
export const funnels = defineStream({
  name: 'funnels',
  description: 'Funnels and websites of a location and their steps, those in folders included.',
  scope: 'funnels/funnel.readonly',
  ignoredKeys: ['__v'],
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      request: inFolder('/funnels/funnel/list'),
      select: listAt('funnels'),
      paginator: offsetPages({ limit: 100 }),
    }),
    folders: { isFolder, areOpened: true },
    // `dateUpdated` is there too, and lags behind.
    changed: rowTime('updated_at', 'updatedAt'),
  },
  columns: {
    name: text(),
    type: text(),
    url: text(),
    domain_id: text(),
    parent_id: text(),
    steps: list(map()),
    deleted: boolean(),
    is_store_active: boolean(),
    order_form_version: integer(),
    origin_id: text(),
    favicon_url: text(),
    tracking_code_head: text(),
    tracking_code_body: text(),
    global_section_version: integer(),
    global_sections_path: text(),
    global_sections_url: text(),
    date_added: timestamp(),
    date_updated: timestamp(),
    updated_at: timestamp(),
  },
});
