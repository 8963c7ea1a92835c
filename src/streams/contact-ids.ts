import { timestamp } from '../stream/columns.ts';
import { defineStream } from '../stream/definition.ts';
import { contacts } from './contacts.ts';

export const contactIds = defineStream({
  name: 'contact_ids',
  description: 'The ids of all contacts that a location has now: what is not among them was deleted.',
  scope: 'contacts.readonly',
  keepsRest: false,
  retrieval: { kind: 'snapshot', of: contacts },
  columns: { date_added: timestamp(), date_updated: timestamp() },
});
