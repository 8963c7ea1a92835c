import type { JsonObject } from '../../../../src/foundation/json.ts';
import { isoOf } from '../../location-seed.ts';
import type { CollectionSeed, CollectionSpec } from '../collection-spec.ts';

const DAY_MS = 86_400_000;
const TITLES = ['Send proposal', 'Call back', 'Check insurance', 'Prepare contract', 'Ask for a review'];
const NOTES = [
  'Called, will call back.',
  'Prefers mornings & e-mail.',
  'Spoke to the owner.',
  'Left a message.',
];
const NOTES_PER_CONTACT = 3;

/** One in three is done. */
const task = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const due = isoOf(seed.addedAt(ordinal) + random.int(1, 30) * DAY_MS);
  const hasBody = !seed.variations || random.chance(0.7);
  return {
    title: random.pick(TITLES),
    ...(hasBody ? { body: random.chance(0.5) ? 'See the last note.' : '' } : {}),
    // The API repeats a time as it was written.
    dueDate: seed.variations && random.chance(0.3) ? due.replace(/\.\d+Z$/, 'Z') : due,
    completed: ordinal % 3 === 2,
    contactId: seed.contactId(ordinal),
    assignedTo: random.chance(0.7) ? seed.userId(random.int(0, 9)) : null,
    locationId: seed.locationId,
  };
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;');

/** Some contacts have several notes, most have none. */
const note = (seed: CollectionSeed, ordinal: number): JsonObject => {
  const random = seed.random(ordinal);
  const text = random.pick(NOTES);
  return {
    body: `<p>${escaped(text)}</p>`,
    ...(!seed.variations || random.chance(0.6) ? { bodyText: text } : {}),
    userId: random.chance(0.9) ? seed.userId(random.int(0, 9)) : null,
    contactId: seed.contactId(Math.floor(ordinal / NOTES_PER_CONTACT)),
    ...(random.chance(0.3) ? { title: 'Follow-up summary' } : {}),
    ...(random.chance(0.3) ? { color: '#FFAA00' } : {}),
    ...(random.chance(0.4) ? { pinned: random.chance(0.5) } : {}),
  };
};

/** What people write down about contacts. */
export const followUpSpecs: Readonly<Record<'tasks' | 'contact_notes', CollectionSpec>> = {
  tasks: {
    idKey: 'id',
    idShape: 'crm',
    addedKey: 'dateAdded',
    updatedKey: 'dateUpdated',
    count: 24,
    row: task,
  },
  contact_notes: { idKey: 'id', idShape: 'crm', addedKey: 'dateAdded', count: 24, row: note },
};
