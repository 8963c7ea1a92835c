import type { Mutation } from './mutation.ts';
import type { Pinned } from './schedule-of.ts';

/** Without it, what is lost between pieces is found by the count and read again. */
const COUNTED = {
  file: 'src/stream/walk-in-pieces.ts',
  find: 'if (read >= expected) {',
  replace: 'if (read >= 0) {',
} as const;
const PARTS = {
  file: 'src/stream/divide-piece.ts',
  find: 'parts: [...instant, ...cutSpan(isOneInstant ? cut + 1 : cut, before, parts)],',
} as const;
/** Rows enough that a location is read in pieces. */
const DIVIDED: Pinned = {
  streams: ['contacts', 'opportunities'],
  mode: 'incremental',
  rows: 150,
  pageSize: 8,
  isQuiet: true,
};

/** Of walks that are divided among lanes. */
export const PIECES_MUTATIONS: readonly Mutation[] = [
  {
    name: 'piece-gap',
    rule: 'Where a piece ends, the next one begins.',
    pinned: DIVIDED,
    edits: [{ ...PARTS, replace: 'parts: [...instant, ...cutSpan(cut, before, parts).slice(1)],' }, COUNTED],
  },
  {
    name: 'piece-overlap-lost',
    rule: "Rows of a page's last instant belong to the next piece.",
    pinned: DIVIDED,
    edits: [{ ...PARTS, replace: 'parts: [...instant, ...cutSpan(cut + 1, before, parts)],' }, COUNTED],
  },
  {
    name: 'piece-checkpointed-early',
    rule: 'A piece is done when its last row has been written.',
    pinned: DIVIDED,
    edits: [
      {
        file: 'src/stream/walk-progress.ts',
        find: 'entry.isDone = isWhole || (entry.isDone && !isDisordered);',
        replace: 'entry.isDone = true;',
      },
    ],
  },
  {
    name: 'pieces-beyond-forgotten',
    rule: 'The state knows every piece that is unread.',
    pinned: DIVIDED,
    edits: [
      {
        file: 'src/stream/walk-progress.ts',
        find: 'return [{ ...first, since: from }, ...others];',
        replace: 'return [{ ...first, since: from }].slice(0, 1 + others.length * 0);',
      },
    ],
  },
  {
    name: 'pieces-done-before-counted',
    rule: 'Pieces are counted together before they are taken for the whole.',
    unseen:
      'the simulator takes the edges of filters for the instants they name; a property test has a server that does not',
    tests: 'src/stream/walk-in-pieces',
    edits: [COUNTED],
  },
];
