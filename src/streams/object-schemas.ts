import {
  boolean,
  jsonText,
  list,
  map,
  named,
  object,
  text,
  textOrJson,
  timestamp,
} from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { ofLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/objects/get-object-by-location-id */
export const objectSchemas = defineStream({
  name: 'object_schemas',
  description: 'Kinds of objects of a location: contact, opportunity and business, and its custom objects.',
  scope: 'objects/schema.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({ request: ofLocation('/objects/'), select: listAt('objects') }),
    changed: rowTime('date_updated', 'dateUpdated', 'updatedAt'),
  },
  columns: {
    key: text(),
    labels: object({ singular: text(), plural: text() }),
    description: text(),
    standard: boolean(),
    // An object by the specification, a text in its example.
    type: textOrJson(),
    primary_display_property: text(),
    required_properties: list(text()),
    searchable_properties: list(text()),
    unique_properties: list(text()),
    add_record_configuration: jsonText(),
    icon: map(),
    // Under the first names in the specification, under the second ones in answers that were seen.
    date_added: named(timestamp(), 'dateAdded', 'createdAt'),
    date_updated: named(timestamp(), 'dateUpdated', 'updatedAt'),
  },
});
