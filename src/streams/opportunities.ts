import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import {
  boolean,
  date,
  integer,
  list,
  map,
  named,
  number,
  object,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { listAt } from '../stream/selectors.ts';
import { customFieldLookup } from './custom-field-values.ts';
import { searchKey, tokenOf } from './search-key.ts';
import { attributions, customFieldValues } from './shared-columns.ts';

/** Some answers name the contact only as the primary relation. */
const withContactId = (row: JsonObject): JsonObject => {
  const { contactId, relations } = row;
  if (typeof contactId === 'string' || !isJsonArray(relations)) return row;
  const primary = relations
    .filter(isJsonObject)
    .find((relation) => relation['objectKey'] === 'contact' && relation['primary'] === true);
  const recordId = primary === undefined ? undefined : textAt(primary, 'recordId');
  return recordId === undefined ? row : { ...row, contactId: recordId };
};

/** https://marketplace.gohighlevel.com/docs/ghl/opportunities/search-opportunities-advanced */
export const opportunities = defineStream({
  name: 'opportunities',
  description: 'Deals of a location, with their pipeline stage, contact, relations and custom field values.',
  scope: 'opportunities.readonly',
  lookup: customFieldLookup,
  ignoredKeys: ['sort', 'searchAfter'],
  prepare: withContactId,
  retrieval: {
    kind: 'search',
    path: '/opportunities/search',
    version: '2021-07-28',
    select: listAt('opportunities'),
    pageSizes: [100],
    body: ({ locationId, filters, sortField, limit, after }) => ({
      locationId,
      limit,
      filters,
      sort: [{ field: sortField, direction: 'asc' }],
      additionalDetails: { notes: true, tasks: true, calendarEvents: true, unReadConversations: false },
      ...(after !== undefined && { searchAfter: after }),
    }),
    instant: (epochMs) => epochMs,
    tokenOf,
    // The token ends in the contact's id, which all deals of a contact share.
    sharedTokens: true,
    created: searchKey('created_at', 'date_added', 'createdAt'),
    updated: searchKey('updated_at', 'date_updated', 'updatedAt'),
  },
  columns: {
    name: text(),
    contact_id: text(),
    pipeline_id: text(),
    pipeline_stage_id: text(),
    pipeline_stage_u_id: text(),
    status: text(),
    source: text(),
    monetary_value: text(),
    monetary_value_number: named(number(), 'monetaryValue'),
    assigned_to: text(),
    followers: list(text()),
    lost_reason_id: text(),
    index_version: integer(),
    external_object_id: text(),
    forecast_probability: number(),
    effective_probability: number(),
    forecast_expected_close_date: date(),
    forecast_original_close_date: date(),
    forecast_slippage_count: integer(),
    forecast_days_slipped: integer(),
    forecast_last_slipped_at: timestamp(),
    contact: object({
      id: text(),
      name: text(),
      company_name: text(),
      email: text(),
      phone: text(),
      tags: list(text()),
    }),
    notes: list(textOrJson()),
    tasks: list(textOrJson()),
    calendar_events: list(textOrJson()),
    custom_fields: customFieldValues('field_value'),
    custom_field_values: map(),
    relations: list(
      object({
        association_id: text(),
        relation_id: text(),
        primary: boolean(),
        object_key: text(),
        record_id: text(),
        full_name: text(),
        contact_name: text(),
        company_name: text(),
        email: text(),
        phone: text(),
        tags: list(text()),
        attributed: boolean(),
      }),
    ),
    attributions: attributions(),
    last_status_change_at: timestamp(),
    last_stage_change_at: timestamp(),
    last_action_date: timestamp(),
    created_at: timestamp(),
    updated_at: timestamp(),
  },
});
