import type { Mutation } from './mutation.ts';

/** Of where a search begins and how far its checkpoints claim. */
export const CURSOR_MUTATIONS: readonly Mutation[] = [
  {
    name: 'no-lookback',
    rule: 'Each incremental read goes back a little: the index lags.',
    pinned: { mode: 'incremental', indexLagMs: 60_000 },
    edits: [
      {
        file: 'src/source/read-location.ts',
        find: 'lookbackMs: config.lookbackMs,',
        replace: 'lookbackMs: 0 * config.lookbackMs,',
      },
    ],
  },
  {
    name: 'backfill-bounded-by-update',
    rule: 'A full refresh has no upper bound on the update time: an edited row must not fall out.',
    pinned: { mode: 'full_refresh' },
    edits: [
      {
        file: 'src/stream/read-in-full.ts',
        find: 'filters: sinceStartDate(stream, startDate),',
        replace:
          'filters: [...sinceStartDate(stream, startDate), { field: stream.retrieval.updated.field, operator: "range", value: { lt: stream.retrieval.instant(until) } }],',
      },
    ],
  },
  {
    name: 'full-refresh-by-update',
    rule: 'A full refresh walks by creation time, which never changes.',
    pinned: { mode: 'full_refresh' },
    edits: [
      {
        file: 'src/stream/walk-created.ts',
        find: 'key: retrieval.created,',
        replace: 'key: retrieval.updated,',
      },
    ],
  },
  {
    name: 'order-unverified',
    rule: 'The order that a checkpoint relies on is verified row by row.',
    edits: [
      {
        file: 'src/stream/ascending-run.ts',
        find: 'value === undefined || order < lastOrder) broken = true;',
        replace: 'value === undefined) broken = true;',
      },
    ],
  },
  {
    name: 'disorder-keeps-claims',
    rule: 'Where the order breaks, what was claimed before is taken back.',
    unseen: 'a kill just before the break loses the same rows, so that a schedule which shows it is not fair',
    edits: [
      {
        file: 'src/stream/walk-progress.ts',
        find: '? { ...entry.place, resume, reached: undefined }',
        replace: '? { ...entry.place, resume }',
      },
    ],
  },
  {
    name: 'undated-unread',
    rule: 'Rows that count by creation time are read too.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/changes.ts',
        find: 'yield* readCreated(rest, fetch, cursor, window);',
        replace: 'if (window.before < 0) yield* readCreated(rest, fetch, cursor, window);',
      },
    ],
  },
  {
    name: 'undated-after',
    rule: 'Rows that count by creation time come before the checkpoints that cover them.',
    pinned: { mode: 'incremental', lookbackMinutes: 2, isQuiet: true },
    edits: [
      {
        file: 'src/stream/changes.ts',
        find: 'yield* readCreated(rest, fetch, cursor, window);',
        replace: '',
      },
      {
        file: 'src/stream/changes.ts',
        find: 'yield* readUpdated(rest, fetch, cursor, { window, since });',
        replace:
          'yield* readUpdated(rest, fetch, cursor, { window, since }); yield* readCreated(rest, fetch, reachedBy(cursor, window, run.highest()), window);',
      },
    ],
  },
  {
    name: 'first-page-claims',
    rule: 'A first page that is not all there is claims nothing.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/changes.ts',
        find: '(page.total ?? 0) === 0 : holdsTotal(page);',
        replace: 'true : page.rows.length < page.limit;',
      },
    ],
  },
  {
    name: 'cursor-from-backfill-end',
    rule: "After a backfill, the cursor starts at the server's time when it began.",
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/backfill.ts',
        find: "  yield { kind: 'checkpoint', cursor: afterBackfill(cursor) };",
        replace:
          "  yield { kind: 'checkpoint', cursor: afterBackfill({ ...cursor, until: await read.context.serverNow() }) };",
      },
    ],
  },
  {
    name: 'no-changes-after-resumed-backfill',
    rule: 'After a backfill that was taken up again, what changed since it began is read in the same sync.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/read-incrementally.ts',
        find: 'if (next.updated < now && !context.isOver())',
        replace: 'if (next.updated < now && next.updated < 0)',
      },
    ],
  },
  {
    name: 'earlier-start-ignored',
    rule: 'An earlier start date fills the gap.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/plan-cursor.ts',
        find: 'if (!reachesFurtherBack(startDate, state.startDate)) {',
        replace: 'if (!reachesFurtherBack(startDate, state.startDate) || now > 0) {',
      },
    ],
  },
  {
    name: 'gap-cursor-from-now',
    rule: 'When the gap before an earlier start date is filled, incremental reads go on where they were.',
    pinned: { mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/backfill.ts',
        find: 'updated: gap?.updated ?? until,',
        replace: 'updated: Math.max(gap?.updated ?? until, until),',
      },
    ],
  },
];
