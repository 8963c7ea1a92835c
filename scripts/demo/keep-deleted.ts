import { textAt } from '../../src/foundation/json.ts';
import type { Truth } from './read-truth.ts';

/**
 * What a destination has after contacts were deleted: an incremental read tells of changes and not of what is gone, so
 * their rows stay as they last were.
 */
export const keepDeleted = (now: Truth, earlier: Truth, deletedContacts: ReadonlySet<string>): Truth => {
  const kept = (earlier.get('contacts') ?? []).filter(({ row }) =>
    deletedContacts.has(textAt(row, 'id') ?? ''),
  );
  return new Map([...now, ['contacts', [...(now.get('contacts') ?? []), ...kept]]]);
};
