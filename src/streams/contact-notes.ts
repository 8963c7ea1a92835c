import { textAt } from '../foundation/json.ts';
import { boolean, text, timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { endpoint } from '../stream/endpoint.ts';
import { listAt } from '../stream/selectors.ts';
import { contacts } from './contacts.ts';
import { pathIdOf } from './location-slice.ts';

/** https://marketplace.gohighlevel.com/docs/ghl/contacts/get-all-notes */
export const contactNotes = defineStream({
  name: 'contact_notes',
  description: 'Notes of the contacts of a location.',
  scope: 'contacts.readonly',
  isCostly: true,
  notes: [
    'HighLevel gives notes contact by contact, so each contact that has changed costs a request. Whether a new note counts as a change of its contact is not documented: one that does not is read with the next change of the contact.',
    'All notes of a contact come again whenever the contact has changed.',
  ],
  retrieval: {
    kind: 'children',
    of: contacts,
    follows: 'contact_date_updated',
    rows: {
      from: 'request',
      endpoint: endpoint({
        request: (slice) => ({ path: `/contacts/${pathIdOf(slice)}/notes`, parameters: {} }),
        select: listAt('notes'),
      }),
      keep: (contact) => ({ dateUpdated: textAt(contact, 'dateUpdated') ?? null }),
      of: (note, { id, dateUpdated }) => [
        { ...note, contactId: id ?? null, contactDateUpdated: dateUpdated ?? null },
      ],
    },
  },
  columns: {
    contact_id: text(),
    user_id: text(),
    title: text(),
    body: text(),
    body_text: text(),
    color: text(),
    pinned: boolean(),
    date_added: timestamp(),
    contact_date_updated: timestamp(),
  },
});
