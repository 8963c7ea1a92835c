import { textAt } from '../../src/foundation/json.ts';
import type { World } from '../simulator/world.ts';
import { truthOf } from '../support/truth.ts';
import { rowIdOf, type StreamTable } from './stream-table.ts';

const KIND = 'contact_notes';

const contactOf = (world: World, locationId: string, id: string): string => {
  const note = world.collection(locationId, KIND).find(id);
  return (note && textAt(note, 'contactId')) ?? '';
};

const touch = (world: World, locationId: string, contactId: string): void => {
  if (world.contacts(locationId).some((row) => rowIdOf(row) === contactId))
    world.updateContact(locationId, contactId, {});
};

/** Read contact by contact, of those that have changed; here a note that is written changes its contact. */
export const contactNotes: StreamTable = {
  stream: KIND,
  kind: KIND,
  guarantee: 'all',
  hasCursor: true,
  isMovedByUse: false,
  scope: 'contacts.readonly',
  add: (world, { locationId, nowMs }, text) => {
    const contacts = world.contacts(locationId);
    const contact = contacts[nowMs % Math.max(1, contacts.length)];
    const contactId = contact === undefined ? '' : rowIdOf(contact);
    touch(world, locationId, contactId);
    return rowIdOf(world.collection(locationId, KIND).add({ contactId, body: text }));
  },
  change: (world, { locationId }, id, text) => {
    touch(world, locationId, contactOf(world, locationId, id));
    world.collection(locationId, KIND).update(id, { body: text });
  },
  remove: (world, { locationId }, id) => {
    world.collection(locationId, KIND).remove(id);
  },
  owner: (world, locationId, id) => ({ kind: 'contacts', id: contactOf(world, locationId, id) }),
  rows: (world, locationId) => truthOf(world, KIND, locationId),
  ofRow: (row) => textAt(row, 'body') ?? '-',
  ofRecord: (record) => textAt(record, 'body') ?? '-',
};
