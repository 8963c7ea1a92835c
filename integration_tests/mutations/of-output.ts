import type { Edit, Mutation } from './mutation.ts';

/** Going by what the process was told. */
const READER_GONE: readonly Edit[] = [
  {
    file: 'src/cli/run-cli.ts',
    find: "if (signal.aborted) return 'interrupted';",
    replace: "if (signal.aborted) return isReaderGone(signal.reason) ? 0 : 'interrupted';",
  },
  {
    file: 'src/cli/run-cli.ts',
    find: 'if (isReaderGone(thrown)) return 1;',
    replace: 'if (isReaderGone(thrown)) return 0;',
  },
];
/** Going by the last flush. */
const UNDELIVERED: readonly Edit[] = [
  {
    file: 'src/cli/run-cli.ts',
    find: 'return isDelivered || outcome !== 0 ? outcome : 1;',
    replace: 'return isDelivered ? outcome : outcome;',
  },
];

/** Of what goes to standard output, and of the exit code. */
export const OUTPUT_MUTATIONS: readonly Mutation[] = [
  {
    name: 'state-ahead-of-records',
    rule: 'A state never is ahead of the records it covers.',
    equivalent:
      'a lane is asked for its checkpoint only when all of its rows before have been written, and whoever writes them writes the states too',
    edits: [
      {
        file: 'src/source/sync-stream.ts',
        find: '      yield { ...event, locationId };\n',
        replace:
          "      if (event.kind === 'checkpoint') sync.keep(locationId, event.cursor);\n      yield { ...event, locationId };\n",
      },
      {
        file: 'src/source/sync-stream.ts',
        find: '  { read, signal, isContained }: StreamSync,\n  end: LinkedAbort,\n): AsyncGenerator<SyncEvent, void> {\n',
        replace:
          '  sync: StreamSync,\n  end: LinkedAbort,\n): AsyncGenerator<SyncEvent, void> {\n  const { read, signal, isContained } = sync;\n',
      },
    ],
  },
  {
    name: 'stream-ends-before-its-last-location',
    rule: 'A stream ends when its last location has been read, however many streams are read at once.',
    edits: [
      {
        file: 'src/foundation/merge-in-lanes.ts',
        find: 'while (open.size > 0 || !place.isServed()) {',
        replace: 'while (!place.isServed()) {',
      },
    ],
  },
  {
    name: 'lanes-leak',
    rule: 'A lane that is done with is given back.',
    edits: [
      {
        file: 'src/foundation/merge-in-lanes.ts',
        find: 'open.get(generator)?.release();',
        replace: '',
      },
    ],
  },
  {
    name: 'last-state-missing',
    rule: 'The last state comes behind the last record.',
    edits: [
      {
        file: 'src/source/stream-output.ts',
        find: '      if (!states.isWritten(json)) await writeState(json);\n      await status.ended(end);',
        replace: '      if (states.isWritten({})) await writeState(json);\n      await status.ended(end);',
      },
    ],
  },
  {
    name: 'state-miscounts',
    rule: 'A state says how many records it covers.',
    edits: [
      {
        file: 'src/source/stream-output.ts',
        find: 'states.countRecords(records.length);',
        replace: 'states.countRecords(Math.min(1, records.length));',
      },
    ],
  },
  {
    name: 'stop-exits-0',
    rule: 'A read that was told to stop does not exit with 0.',
    edits: [
      {
        file: 'src/cli/run-cli.ts',
        find: "return signal.aborted && command.isWholeOrNothing ? 'interrupted' : exitCode;",
        replace: 'return exitCode;',
      },
      {
        file: 'src/cli/run-cli.ts',
        find: "if (signal.aborted) return 'interrupted';",
        replace: 'if (signal.aborted) return 0;',
      },
    ],
  },
  {
    name: 'reader-gone-exits-0',
    rule: 'A read whose reader went away does not exit with 0.',
    equivalent: 'the last flush fails too, and that makes the exit code 1',
    edits: READER_GONE,
  },
  {
    name: 'undelivered-exits-0',
    rule: 'A read whose last lines nobody took does not exit with 0.',
    edits: UNDELIVERED,
  },
  {
    name: 'reader-gone-undelivered-exits-0',
    rule: 'A read whose reader went away does not exit with 0: neither because it was told, nor because the last flush fails.',
    edits: [...READER_GONE, ...UNDELIVERED],
  },
  {
    name: 'secrets-printed',
    rule: 'No secret reaches a log line, a trace or a status.',
    pinned: { signIn: 'oauth', fault: 'echoed', interruptions: ['expire_tokens', 'revoke_tokens'] },
    edits: [
      {
        file: 'src/foundation/redact.ts',
        find: 'if (secret.length >= SHORTEST_SECRET) for',
        replace: 'if (secret.length >= Infinity) for',
      },
    ],
    tests: 'src/foundation/redact',
  },
  {
    name: 'config-errors-first',
    rule: 'Transient errors are told first: the platform decides by the earliest whether to retry.',
    pinned: { signIn: 'oauth', locations: 3 },
    edits: [
      {
        file: 'src/source/failure-traces.ts',
        find: "['transient_error', 'system_error', 'config_error'];",
        replace: "['config_error', 'system_error', 'transient_error'];",
      },
    ],
    tests: 'src/source/failure-traces',
  },
];
