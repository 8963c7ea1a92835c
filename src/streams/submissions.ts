import { isJsonObject, type JsonValue } from '../foundation/json.ts';
import {
  type Column,
  type Columns,
  epochMs,
  list,
  map,
  named,
  object,
  reshaped,
  text,
  timestamp,
} from '../stream/columns.ts';
import { daysToMs } from '../stream/days.ts';
import { defineStream, type StreamDefinition } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { numberedPages } from '../stream/paginators.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { dayBounds } from './bounds.ts';
import { windowOf } from './location-slice.ts';

/** A column that lies among the answers; `others` has it as well. */
const fromOthers = (column: Column, key: string): Column =>
  named(
    reshaped(column, (others): JsonValue => (isJsonObject(others) ? (others[key] ?? null) : null)),
    'others',
  );

/** The visit in which it was filled in. */
const visit = (): Column =>
  object({
    type: text(),
    source: text(),
    medium: text(),
    medium_id: text(),
    campaign: text(),
    keyword: text(),
    ad_source: text(),
    referrer: text(),
    document_url: named(text(), 'documentURL'),
    domain: text(),
    page: object({ url: text(), title: text() }),
    url_params: map(),
    fbc: text(),
    fbp: text(),
    fb_event_id: text(),
    ga_client_id: text(),
    parent_id: text(),
    parent_name: text(),
    page_visit_type: text(),
    fingerprint: text(),
    version: text(),
    contact_session_ids: object({ ids: list(text()) }),
    timestamp: epochMs(),
  });

const funnelStep = (): Column =>
  object({
    funnel_id: text(),
    funnel_step_id: text(),
    page_id: text(),
    page_url: text(),
    domain_name: text(),
    event_type: text(),
  });

interface Submissions extends Pick<StreamDefinition, 'name' | 'description' | 'scope' | 'notes'> {
  readonly path: string;
  /** The column that tells what was filled in. */
  readonly of: Columns;
}

/** What visitors filled in. */
export const submissions = ({ path, of, notes = [], ...rest }: Submissions): StreamDefinition =>
  defineStream({
    ...rest,
    notes: [
      '`others` holds the answers: those to custom fields by the ids of the fields, whose names are in `custom_fields`. The columns from `event_data` to `timezone` are taken out of it, and remain in it.',
      ...notes,
    ],
    retrieval: {
      kind: 'windows',
      endpoint: endpoint({
        // Without both bounds the API silently gives the last month.
        request: (slice) => ({
          path,
          parameters: { locationId: slice.locationId, ...dayBounds(windowOf(slice)) },
        }),
        select: listAt('submissions'),
        paginator: numberedPages({ limit: 100 }),
      }),
      by: rowTime('created_at', 'createdAt'),
      trailingDays: 7,
      shortestMs: daysToMs(1),
      mostRows: 5_000,
    },
    columns: {
      ...of,
      contact_id: text(),
      name: text(),
      email: text(),
      others: map(),
      event_data: fromOthers(visit(), 'eventData'),
      // Misspelled by HighLevel.
      funnel_event_data: fromOthers(funnelStep(), 'funneEventData'),
      field_order: fromOthers(list(text()), 'fieldsOriSequance'),
      submission_id: fromOthers(text(), 'submissionId'),
      session_id: fromOthers(text(), 'sessionId'),
      signature_hash: fromOthers(text(), 'signatureHash'),
      ip: fromOthers(text(), 'ip'),
      timezone: fromOthers(text(), 'Timezone'),
      created_at: timestamp(),
    },
  });
