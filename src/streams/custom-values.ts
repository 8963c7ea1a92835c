import { text, textOrJson } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { underLocation } from './location-requests.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/locations/get-custom-values */
export const customValues = defineStream({
  name: 'custom_values',
  description: 'Custom values of a location: texts that its messages and pages insert by their key.',
  scope: 'locations/customValues.readonly',
  retrieval: {
    kind: 'list',
    endpoint: endpoint({ request: underLocation('customValues'), select: listAt('customValues') }),
  },
  columns: { name: text(), field_key: text(), value: textOrJson() },
});
