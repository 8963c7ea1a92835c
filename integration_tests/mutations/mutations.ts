import type { Mutation } from './mutation.ts';
import { CURSOR_MUTATIONS } from './of-cursors.ts';
import { LIST_MUTATIONS } from './of-lists.ts';
import { OUTPUT_MUTATIONS } from './of-output.ts';
import { PIECES_MUTATIONS } from './of-pieces.ts';
import { REQUEST_MUTATIONS } from './of-requests.ts';
import { SEARCH_MUTATIONS } from './of-searches.ts';
import { STATE_MUTATIONS } from './of-state.ts';
import { WINDOW_MUTATIONS } from './of-windows.ts';
import type { Pinned } from './schedule-of.ts';

/** Several pages each, and cheap to play. */
const SEARCHES: Pinned = { streams: ['contacts', 'opportunities'], locations: 1, rows: 30, pageSize: 8 };

const pinned =
  (pins: Pinned) =>
  (mutation: Mutation): Mutation => ({ ...mutation, pinned: { ...pins, ...mutation.pinned } });

/** Every rule that must not be broken unnoticed, broken. */
export const MUTATIONS: readonly Mutation[] = [
  ...[...SEARCH_MUTATIONS, ...CURSOR_MUTATIONS].map(pinned(SEARCHES)),
  ...PIECES_MUTATIONS.map(pinned({ locations: 1 })),
  ...LIST_MUTATIONS.map(pinned({ locations: 1, rows: 30, pageSize: 8 })),
  ...WINDOW_MUTATIONS.map(pinned({ locations: 1, rows: 30 })),
  ...[...STATE_MUTATIONS, ...OUTPUT_MUTATIONS, ...REQUEST_MUTATIONS].map(pinned({ rows: 12 })),
];
