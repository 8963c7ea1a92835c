import type { Mutation } from './mutation.ts';

const WHOLE = {
  file: 'src/stream/page-tally.ts',
  find: 'isWhole: () => judge.isUnbroken() && seen.size() >= totals.expected(),',
} as const;
const OVERLAP = {
  file: 'src/stream/paginators.ts',
  find: 'const OVERLAP = 5;',
  replace: 'const OVERLAP = 0;',
} as const;

const LISTED = [
  'products',
  'coupons',
  'companies',
  'invoices',
  'estimates',
  'subscriptions',
  'funnels',
  'workflows',
];
/** Their answers say how many rows there are. */
const COUNTED = ['products', 'coupons', 'invoices', 'estimates', 'subscriptions'];
const CHILDREN = ['prices', 'funnel_pages', 'object_records'];

/** Of streams that are read by lists and by their parents. */
export const LIST_MUTATIONS: readonly Mutation[] = [
  {
    name: 'list-ends-at-short-page',
    rule: 'A short page of a list is not its end.',
    pinned: { streams: LISTED },
    edits: [
      {
        file: 'src/stream/page-tally.ts',
        find: 'if (fresh === 0) return ofBarren(rows, began);',
        replace: "if (fresh === 0) return ofBarren(rows, began); if (rows.length < limit) return 'end';",
      },
      {
        file: 'src/stream/page-tally.ts',
        find: "rows.length === 0 || isAll ? 'end' : 'more'",
        replace: "rows.length === 0 || isAll || rows.length < limit ? 'end' : 'more'",
      },
      { ...WHOLE, replace: 'isWhole: () => judge.isUnbroken(),' },
    ],
  },
  {
    name: 'list-total-uncompared',
    rule: 'The distinct rows of a list are compared with its total.',
    pinned: { streams: COUNTED, mode: 'incremental', fault: 'thinned' },
    edits: [{ ...WHOLE, replace: 'isWhole: () => judge.isUnbroken(),' }],
  },
  {
    name: 'list-break-unseen',
    rule: 'Pages that do not overlap any more show that rows have moved.',
    pinned: { streams: LISTED },
    edits: [{ ...WHOLE, replace: 'isWhole: () => seen.size() >= totals.expected(),' }],
  },
  {
    name: 'page-seams-unproved',
    rule: 'Pages that are read at once have to share rows with the ones before them.',
    pinned: { streams: LISTED, rows: 150, pageSize: 8, isQuiet: true, interruptions: ['insert', 'delete'] },
    edits: [
      {
        file: 'src/stream/page-tally.ts',
        find: 'return seams.hold();',
        replace: 'return seams.pages() > 0;',
      },
    ],
    tests: 'src/stream/(page-tally|read-pages)',
  },
  { name: 'no-overlap', rule: 'Pages by offset overlap.', pinned: { streams: LISTED }, edits: [OVERLAP] },
  {
    name: 'no-overlap-uncompared',
    rule: 'Pages by offset overlap, and are compared with the total.',
    pinned: { streams: LISTED },
    edits: [OVERLAP, { ...WHOLE, replace: 'isWhole: () => judge.isUnbroken(),' }],
  },
  {
    name: 'list-short-is-whole',
    rule: 'A list that stays short is a gap: its checkpoint stays where it was.',
    pinned: { streams: COUNTED, mode: 'incremental', fault: 'thinned' },
    edits: [
      {
        file: 'src/stream/read-changed.ts',
        find: "if (event.kind === 'gap') isWhole = false;",
        replace: "if (event.kind === 'gap') isWhole = true;",
      },
    ],
  },
  {
    name: 'snapshot-short-is-whole',
    rule: 'A snapshot that is short is an error: what is missing would pass for deleted.',
    pinned: { streams: ['contact_ids', 'opportunity_ids'], fault: 'thinned' },
    edits: [
      {
        file: 'src/stream/reader.ts',
        find: "if (event.kind === 'gap') {",
        replace: "if (event.kind === 'gap' && name === '') {",
      },
    ],
  },
  {
    name: 'children-after-checkpoint',
    rule: "A parents' checkpoint goes out behind their children.",
    pinned: { streams: ['contact_notes'], mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/read-children.ts',
        find: "if (event.kind === 'checkpoint') yield* readKept();",
        replace: '',
      },
    ],
  },
  {
    name: 'children-gap-forgotten',
    rule: 'Behind missing children no checkpoint of their parents goes out.',
    pinned: { streams: CHILDREN },
    unseen: 'no stream that follows its parents has children that are counted',
    edits: [
      {
        file: 'src/stream/read-children.ts',
        find: "if (event.kind !== 'checkpoint' || !found.gap) yield event;",
        replace: 'yield event;',
      },
    ],
  },
  {
    name: 'parents-cut',
    rule: 'The children of every page of parents are read.',
    pinned: { streams: CHILDREN },
    edits: [
      {
        file: 'src/stream/read-children.ts',
        find: 'kept.push(...event.rows.filter(asks).map(keep));',
        replace: 'if (kept.length === 0) kept.push(...event.rows.filter(asks).map(keep));',
      },
    ],
  },
  {
    name: 'window-parents-cut',
    rule: 'Whom windows have to be asked for is listed to its end.',
    pinned: { streams: ['appointments', 'blocked_slots'] },
    edits: [
      {
        file: 'src/stream/drain-parents.ts',
        find: "if (event.kind === 'rows') parents.push(...event.rows.map(keepOf(keep)));",
        replace:
          "if (event.kind === 'rows' && parents.length === 0) parents.push(...event.rows.map(keepOf(keep)));",
      },
    ],
  },
  {
    name: 'lookup-misses',
    rule: 'A looked-up column holds what the ids of its row stand for.',
    edits: [
      {
        file: 'src/stream/fill-lookup.ts',
        find: 'lookup.fill(row, index);',
        replace: '{ ...row, ...empty };',
      },
    ],
    pinned: { streams: ['contacts', 'opportunities'] },
    tests: 'src/stream/fill-lookup',
  },
];
