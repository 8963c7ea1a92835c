import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { rowTime } from '../stream/row-time.ts';
import { listAt } from '../stream/selectors.ts';
import { attribution, attributions } from './shared-columns.ts';
import { ofLocation } from './location-requests.ts';

const touch = (row: JsonObject, flag: 'isFirst' | 'isLast'): JsonValue => {
  const { attributions: all } = row;
  return (isJsonArray(all) ? all.filter(isJsonObject).find((one) => one[flag] === true) : undefined) ?? null;
};

const KEPT = ['id', 'locationId', 'attributions', 'source', 'dateAdded', 'dateUpdated'];

/** The list gives whole contacts; the stream `contacts` has them. */
const attributionRow = (row: JsonObject): JsonObject => ({
  ...Object.fromEntries(Object.entries(row).filter(([key]) => KEPT.includes(key))),
  firstTouch: touch(row, 'isFirst'),
  lastTouch: touch(row, 'isLast'),
});

/** https://marketplace.gohighlevel.com/docs/ghl/contacts/get-contacts */
export const contactAttributions = defineStream({
  name: 'contact_attributions',
  description:
    'Where the contacts of a location came from: the first and the last touch, with their UTM parameters. The id is the contact’s.',
  scope: 'contacts.readonly',
  isCostly: true,
  notes: [
    'Only a list of HighLevel that is out of date (but still answers) has these. It knows no changes: new contacts are read at each sync, newest first, and all of them again once in thirty days. A later touch of an older contact is seen then.',
  ],
  prepare: attributionRow,
  retrieval: {
    kind: 'newest_first',
    fullPassDays: 30,
    descent: {
      endpoint: endpoint({
        request: ofLocation('/contacts/'),
        select: listAt('contacts'),
      }),
      key: rowTime('date_added', 'dateAdded'),
      limit: 100,
      tokenOf: ({ id, dateAdded }) =>
        typeof id === 'string' && typeof dateAdded === 'string' ? [Date.parse(dateAdded), id] : undefined,
      sharedTokens: false,
      after: ([startAfter = null, startAfterId = null]) => ({ startAfter, startAfterId }),
    },
  },
  columns: {
    first_touch: attribution(),
    last_touch: attribution(),
    attributions: attributions(),
    source: text(),
    date_added: timestamp(),
    date_updated: timestamp(),
  },
});
