import { isJsonArray, isJsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import {
  boolean,
  integer,
  list,
  map,
  named,
  object,
  reshaped,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { underLocation } from './location-requests.ts';

/** An option is a text, or an object with its label. */
const labelOf = (option: JsonValue): JsonValue =>
  isJsonObject(option) ? (textAt(option, 'label') ?? option) : option;

const optionObjects = (options: JsonValue): JsonValue =>
  isJsonArray(options) && options.some(isJsonObject) ? options.filter(isJsonObject) : null;

/** https://marketplace.gohighlevel.com/docs/ghl/locations/get-custom-fields */
export const customFields = defineStream({
  name: 'custom_fields',
  description: 'Definitions of the custom fields of contacts and opportunities.',
  scope: 'locations/customFields.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({
      // Without `model=all` the API leaves the fields of opportunities out.
      request: underLocation('customFields', { model: 'all' }),
      select: listAt('customFields'),
    }),
  },
  columns: {
    name: text(),
    field_key: text(),
    model: text(),
    data_type: text(),
    placeholder: text(),
    position: integer(),
    document_type: text(),
    parent_id: text(),
    standard: boolean(),
    picklist_options: list(reshaped(textOrJson(), labelOf)),
    picklist_option_details: named(
      reshaped(list(object({ id: text(), label: text(), prefill_value: text() })), optionObjects),
      'picklistOptions',
    ),
    picklist_image_options: list(map()),
    is_allowed_custom_option: boolean(),
    is_multi_file_allowed: boolean(),
    max_file_limit: integer(),
    fields_count: integer(),
    date_added: timestamp(),
  },
});
