import type { Mutation } from './mutation.ts';
import type { Pinned } from './schedule-of.ts';

const PAGE_WHOLE = {
  file: 'src/stream/walk.ts',
  find: 'const isWhole = isFirst && holdsTotal(page);',
} as const;
const COMPARED = {
  file: 'src/stream/walk.ts',
  find: 'if (tally.read() < tally.expected()) yield* readMissing(plan, dependencies, { tally, run });',
  replace: '',
} as const;
const SHARED_TOKENS = {
  file: 'src/streams/opportunities.ts',
  find: 'sharedTokens: true,',
  replace: 'sharedTokens: false,',
} as const;
const WITHIN_WINDOW = {
  file: 'src/stream/changes.ts',
  find: 'Math.max(cursor.updated, Math.min(value ?? cursor.updated, before))',
} as const;
const BACKFILL_STEP = {
  file: 'src/stream/backfill.ts',
  find: `    if (rows.length > 0) yield { kind: 'rows', rows, release };
    const rest = unreadSpans(places, { since: unread[0]?.since, claimed });
    if (rest.length > 0) yield { kind: 'checkpoint', cursor: { ...cursor, unread: rest } };`,
} as const;
const CHANGES_STEP = {
  file: 'src/stream/changes.ts',
  find: `    if (rows.length > 0) yield { kind: 'rows', rows, release };
    yield { kind: 'checkpoint', cursor: claimed === undefined ? cursor : cursorAt(claimed) };`,
} as const;

/** Rows say of themselves what the index does not know yet. */
const SHOWN_AS_THEY_ARE: Pinned = {
  ...{ mode: 'incremental', lookbackMinutes: 2, isQuiet: true },
  ...{ indexLagMs: 60_000, foundRows: 'current' },
};

/** Of streams that are read by search: contacts and opportunities. */
export const SEARCH_MUTATIONS: readonly Mutation[] = [
  {
    name: 'search-ends-at-short-page',
    rule: 'A short page of a search is not its end.',
    edits: [{ ...PAGE_WHOLE, replace: 'const isWhole = page.rows.length < page.limit;' }, COMPARED],
  },
  {
    name: 'search-ends-at-total',
    rule: 'A total that is reached is not the end of a search: it falls when rows go.',
    edits: [
      {
        ...PAGE_WHOLE,
        replace:
          'const isWhole = isFirst ? holdsTotal(page) : tally.read() + page.rows.length >= (page.total ?? Infinity);',
      },
      COMPARED,
    ],
  },
  {
    name: 'search-token-repeats',
    rule: 'A search whose pages do not advance is an error.',
    edits: [
      {
        file: 'src/stream/walk.ts',
        find: 'if (next !== undefined && !tokens.add(JSON.stringify(next))) {',
        replace: 'if (next !== undefined && !tokens.add(JSON.stringify(next)) && isFirst) {',
      },
    ],
  },
  {
    name: 'search-ends-at-repeated-token',
    rule: 'A place in a search that comes twice is not its end.',
    edits: [
      {
        file: 'src/stream/walk.ts',
        find: 'if (next !== undefined && !tokens.add(JSON.stringify(next))) {',
        replace:
          'if (next !== undefined && !tokens.add(JSON.stringify(next))) { if (next.length > 0) return;',
      },
      COMPARED,
    ],
  },
  {
    name: 'backfill-checkpoint-first',
    rule: 'The checkpoint of a backfill comes behind its rows.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        ...BACKFILL_STEP,
        replace: `    const rest = unreadSpans(places, { since: unread[0]?.since, claimed });
    if (rest.length > 0) yield { kind: 'checkpoint', cursor: { ...cursor, unread: rest } };
    if (rows.length > 0) yield { kind: 'rows', rows, release };`,
      },
    ],
  },
  {
    name: 'changes-checkpoint-first',
    rule: 'The checkpoint of an incremental read comes behind its rows.',
    pinned: { mode: 'incremental', lookbackMinutes: 2, isQuiet: true },
    edits: [
      {
        ...CHANGES_STEP,
        replace: `    yield { kind: 'checkpoint', cursor: claimed === undefined ? cursor : cursorAt(claimed) };
    if (rows.length > 0) yield { kind: 'rows', rows, release };`,
      },
    ],
  },
  {
    name: 'checkpoint-is-now',
    rule: 'A checkpoint is the largest value seen, and not the time of the read.',
    pinned: { mode: 'incremental', lookbackMinutes: 2, isQuiet: true },
    edits: [{ ...WITHIN_WINDOW, replace: 'Math.max(cursor.updated, before)' }],
  },
  {
    name: 'backfill-checkpoint-is-now',
    rule: 'A checkpoint of a backfill claims no more than was read.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        ...BACKFILL_STEP,
        replace: `    if (rows.length > 0) yield { kind: 'rows', rows, release };
    if (places.length > 0 && claimed !== undefined) yield { kind: 'checkpoint', cursor: afterBackfill(cursor) };`,
      },
    ],
  },
  {
    name: 'checkpoint-beyond-until',
    rule: 'A checkpoint is never beyond `until`.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    equivalent: 'nothing beyond is asked for, and a row counts by what it was indexed by',
    edits: [
      { ...WITHIN_WINDOW, replace: 'Math.max(cursor.updated, value ?? cursor.updated)' },
      {
        file: 'src/stream/walk.ts',
        find: 'reached: highest === undefined ? undefined : Math.min(highest, before),',
        replace: 'reached: highest === undefined || before < 0 ? undefined : highest,',
      },
    ],
  },
  {
    name: 'row-time-counts',
    rule: 'A checkpoint goes by what a row was indexed by, if that is less than what the row says.',
    pinned: SHOWN_AS_THEY_ARE,
    edits: [
      {
        file: 'src/streams/search-key.ts',
        find: 'return value === undefined || sorted === undefined ? value : Math.min(value, sorted);',
        replace: 'return value ?? sorted;',
      },
    ],
  },
  {
    name: 'row-time-counts-beyond-until',
    rule: 'A checkpoint goes by what a row was indexed by, and never beyond `until`.',
    pinned: SHOWN_AS_THEY_ARE,
    edits: [
      {
        file: 'src/streams/search-key.ts',
        find: 'return value === undefined || sorted === undefined ? value : Math.min(value, sorted);',
        replace: 'return value ?? sorted;',
      },
      { ...WITHIN_WINDOW, replace: 'Math.max(cursor.updated, value ?? cursor.updated)' },
      {
        file: 'src/stream/walk.ts',
        find: 'reached: highest === undefined ? undefined : Math.min(highest, before),',
        replace: 'reached: highest === undefined || before < 0 ? undefined : highest,',
      },
    ],
  },
  {
    name: 'ties-straddle',
    rule: 'A group of equal tokens never straddles a page edge.',
    pinned: { streams: ['opportunities'] },
    edits: [SHARED_TOKENS],
  },
  {
    name: 'search-total-uncompared',
    rule: 'The distinct rows of a walk are compared with the total; what is short is read again.',
    pinned: { streams: ['opportunities'] },
    edits: [COMPARED],
  },
  {
    name: 'ties-straddle-uncompared',
    rule: 'Equal tokens at a page edge lose no row: neither cut apart, nor uncounted.',
    pinned: { streams: ['opportunities'] },
    edits: [SHARED_TOKENS, COMPARED],
  },
];
