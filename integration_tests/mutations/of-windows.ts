import type { Mutation } from './mutation.ts';

const WINDOWED = [
  'messages',
  'form_submissions',
  'orders',
  'appointments',
  'blocked_slots',
  'voice_ai_call_logs',
  'transactions',
  'survey_submissions',
];
/** Their answers say how many rows there are. */
const COUNTED = ['messages', 'form_submissions', 'orders', 'transactions', 'survey_submissions'];
const NEWEST_FIRST = ['conversations', 'contact_attributions'];

/** Of streams that are read by windows of time, and from the newest row down. */
export const WINDOW_MUTATIONS: readonly Mutation[] = [
  {
    name: 'windows-leave-seams',
    rule: 'Windows follow each other without a seam.',
    pinned: { streams: WINDOWED },
    edits: [
      {
        file: 'src/stream/read-pass.ts',
        find: 'const { window, seen } = taken;',
        replace:
          'const { seen } = taken; const window = { ...taken.window, since: taken.window.since + 86_400_000 };',
      },
    ],
  },
  {
    name: 'windows-without-lag',
    rule: "Windows end before the server's now.",
    // What the lookback alone does not reach: this list comes from an index.
    pinned: { streams: ['messages'], mode: 'incremental', lookbackMinutes: 2, indexLagMs: 200_000 },
    edits: [
      {
        file: 'src/stream/window-range.ts',
        find: 'export const LAG_MS = 2 * 60_000;',
        replace: 'export const LAG_MS = 0 * 60_000;',
      },
    ],
  },
  {
    name: 'trailing-unread',
    rule: 'The trailing window is read again at each sync.',
    pinned: { streams: WINDOWED, mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/read-windows.ts',
        find: 'for (const part of [...unfinished, readNews, readDeep]) {',
        replace: 'for (const part of [...unfinished, readDeep]) {',
      },
    ],
  },
  {
    name: 'deep-pass-forgotten',
    rule: 'Everything is read again once a week.',
    pinned: { streams: WINDOWED, mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/window-passes.ts',
        find: 'now - deepBegan >= DEEP_PASS_EVERY_MS;',
        replace: 'now - deepBegan >= Infinity;',
      },
    ],
  },
  {
    name: 'deep-pass-from-its-end',
    rule: 'A weekly pass tells what is new by when the one before began.',
    // Its windows are short, so that a pass can be cut between them.
    pinned: {
      ...{ streams: ['conversations'], mode: 'incremental', rows: 150, lookbackMinutes: 2 },
      ...{ fault: 'error', interruptions: ['update'] },
    },
    edits: [
      {
        file: 'src/stream/read-windows.ts',
        find: '      deepBegan: pass.began,\n',
        replace: '      deepBegan: Math.max(pass.began, now),\n',
      },
    ],
  },
  {
    name: 'window-gap-forgotten',
    rule: 'After a gap the next weekly pass takes nothing for old.',
    pinned: { streams: COUNTED, mode: 'incremental', lookbackMinutes: 2, fault: 'thinned' },
    edits: [
      {
        file: 'src/stream/window-passes.ts',
        find: 'const isAnew = hasGap || isEventTime || deepBegan === undefined;',
        replace: 'const isAnew = isEventTime || deepBegan === undefined;',
      },
    ],
  },
  {
    name: 'first-pass-claims-its-end',
    rule: 'After a first pass that was taken up again, what changed since it began is new.',
    pinned: { streams: WINDOWED, mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/read-windows.ts',
        find: 'afterwards: (hasGap) => ({ ...cursor, changed: began, deepBegan: began, hasGap }),',
        replace:
          'afterwards: (hasGap) => ({ ...cursor, changed: Math.max(began, now), deepBegan: now, hasGap }),',
      },
    ],
  },
  {
    name: 'window-checkpoint-first',
    rule: 'A checkpoint of windows comes behind their rows.',
    pinned: { streams: WINDOWED, mode: 'incremental', lookbackMinutes: 2 },
    edits: [
      {
        file: 'src/stream/read-pass.ts',
        find: 'for await (const event of readWindow(',
        replace:
          "yield { kind: 'read', taken, rows: 0, hasGap: false };\n  for await (const event of readWindow(",
      },
      { file: 'src/stream/read-pass.ts', find: "yield { kind: 'read', taken, rows, hasGap };", replace: '' },
    ],
  },
  {
    name: 'unread-window-claimed',
    rule: 'Of windows that are read at once, a checkpoint covers those with no unread one before them.',
    // A window of theirs is one page, so that there are many.
    pinned: { streams: ['conversations'], mode: 'incremental', rows: 150 },
    edits: [
      {
        file: 'src/stream/unbroken-run.ts',
        find: 'reached = { next: one.next, hasGap: reached.hasGap || one.hasGap };',
        replace:
          'reached = { next: Math.max(one.next, ...[...ahead.values()].map((later) => later.next)), hasGap: reached.hasGap || one.hasGap };',
      },
    ],
    tests: 'src/stream/unbroken-run',
  },
  {
    name: 'dropped-rows-known',
    rule: 'Answers that are dropped with a window that is too large have not been emitted.',
    pinned: { streams: ['appointments', 'blocked_slots'], rows: 150, pageSize: 20 },
    edits: [
      {
        file: 'src/stream/read-window.ts',
        find: 'const options = { mostRows, cuts,',
        replace: 'const options = { seen, mostRows, cuts,',
      },
      {
        file: 'src/stream/read-window.ts',
        find: 'event.rows.filter((row) => seen.add(idOf(row)));',
        replace: 'event.rows.filter((row) => idOf(row) !== undefined);',
      },
    ],
    tests: 'src/stream/read-pass-in-pieces',
  },
  {
    name: 'waiting-lanes-left',
    rule: 'Lanes that wait for what becomes of a window end when it fails.',
    pinned: { streams: WINDOWED },
    edits: [{ file: 'src/stream/read-pass.ts', find: 'if (!isThrough) queue.close();', replace: '' }],
    tests: 'src/stream/read-pass.test',
  },
  {
    name: 'too-large-window-read',
    rule: 'A window of more rows than its pages may hold is read in shorter ones.',
    // A window of theirs is one page.
    pinned: { streams: ['conversations'], rows: 150 },
    edits: [
      {
        file: 'src/stream/window-queue.ts',
        find: 'uncut.putBack(taken, size);',
        replace: 'run.add(taken.window, false);',
      },
    ],
    tests: 'src/stream/read-pass-in-pieces',
  },
  {
    name: 'newest-first-short-page',
    rule: 'A short page is not the end of a walk down.',
    pinned: { streams: NEWEST_FIRST, mode: 'incremental', pageSize: 8 },
    edits: [
      {
        file: 'src/stream/walk-down.ts',
        find: 'const isDown = isOrdered && lowest < downTo;',
        replace: 'const isDown = (isOrdered && lowest < downTo) || rows.length < limit;',
      },
    ],
  },
  {
    name: 'newest-first-stops-early',
    rule: 'A walk down stops behind the last row that is as young as was asked for.',
    pinned: { streams: NEWEST_FIRST, mode: 'incremental', pageSize: 8 },
    edits: [
      {
        file: 'src/stream/walk-down.ts',
        find: 'const isDown = isOrdered && lowest < downTo;',
        replace: 'const isDown = isOrdered && Number.isFinite(downTo) && lowest < Infinity;',
      },
    ],
  },
  {
    name: 'newest-first-order-unverified',
    rule: 'A walk down stops early only while the order holds.',
    pinned: { streams: NEWEST_FIRST, mode: 'incremental', pageSize: 8, descentOrder: 'oldest_first' },
    edits: [{ file: 'src/stream/walk-down.ts', find: 'if (value > lowest) isOrdered = false;', replace: '' }],
  },
  {
    name: 'full-pass-forgotten',
    rule: 'Streams that are read newest first are read in full once in a while.',
    pinned: { streams: ['contact_attributions'], mode: 'incremental', pageSize: 8 },
    edits: [
      {
        file: 'src/stream/read-newest-first.ts',
        find: 'fullBegan === undefined || now - fullBegan >= daysToMs(days);',
        replace: 'fullBegan === undefined || now - fullBegan >= daysToMs(days) * 1000;',
      },
    ],
  },
  {
    name: 'full-pass-hides-newer',
    rule: 'What came while a full pass was on its way lies above where it began.',
    // Many pages, so that a pass is cut twice.
    pinned: {
      ...{ streams: ['contact_attributions'], mode: 'incremental', rows: 60, pageSize: 8 },
      isQuiet: true,
    },
    edits: [
      {
        file: 'src/stream/read-newest-first.ts',
        find: 'newest ??= newestOf(stream, step, { newest, now });',
        replace: 'newest = Math.max(now, newestOf(stream, step, { newest, now }) ?? now);',
      },
    ],
  },
];
