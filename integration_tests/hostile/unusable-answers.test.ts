import { describe, expect, test } from '@jest/globals';
import type { RawAnswer } from '../../src/http/parse-answer.ts';
import { streamsOfHighLevel } from '../support/streams-of-highlevel.ts';
import { errorsOf } from '../support/messages-of.ts';
import { runs } from './fuzz-runs.ts';
import { createHostileWorld, missing } from './hostile-world.ts';
import type { Tamper } from './run-in-process.ts';

type Spoil = (answer: RawAnswer) => RawAnswer;

const body =
  (text: string): Spoil =>
  (answer) => ({ ...answer, bytes: Buffer.from(text) });
const typed =
  (type: string, text: string): Spoil =>
  ({ status, headers }) => ({
    status,
    headers: { ...headers, 'content-type': type },
    bytes: Buffer.from(text),
  });

/** None of these tells that there is nothing to read. */
const UNUSABLE: readonly (readonly [what: string, spoil: Spoil])[] = [
  ['null', body('null')],
  ['a text', body('"text"')],
  ['a number', body('12')],
  ['an empty object', body('{}')],
  ['a list of lists', body('[[[]]]')],
  ['nothing', body('')],
  ['half of it', ({ bytes, ...rest }) => ({ ...rest, bytes: bytes.subarray(0, bytes.length / 2) })],
  ['a page', typed('text/html', '<html><body>Sign in</body></html>')],
  ['a page that says it is JSON', body('<html></html>')],
  ['an error with 200', body('{"statusCode":500,"message":"Internal server error","error":"Oops"}')],
  ['NUL bytes', body('\0'.repeat(100))],
  [
    'bytes that are no text',
    ({ bytes: _, ...rest }) => ({
      ...rest,
      bytes: Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
    }),
  ],
  ['10,000 levels', body(`{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)],
];
/** The truth, in a way that nobody should write it. */
const READABLE: readonly (readonly [what: string, spoil: Spoil])[] = [
  [
    'a byte order mark',
    ({ bytes, ...rest }) => ({
      ...rest,
      bytes: Buffer.concat([Buffer.from('\uFEFF'), bytes]),
    }),
  ],
  [
    'the type of a text',
    ({ bytes, ...rest }) => typed('text/plain', bytes.toString('utf8'))({ bytes, ...rest }),
  ],
  [
    'no type',
    ({ bytes, status, headers: { 'content-type': _, ...headers } }) => ({ bytes, status, headers }),
  ],
  [
    'blanks around it',
    ({ bytes, ...rest }) => ({
      ...rest,
      bytes: Buffer.from(` \r\n\t${bytes.toString('utf8')}\n `),
    }),
  ],
];

/** Spoils the `nth` request of a run, and all from it on to the same path. */
const spoiling = (spoil: Spoil, nth: number): Tamper => {
  let path: string | undefined;
  return (answer, call, { pathname }) => {
    if (call === nth) path = pathname;
    return pathname === path ? spoil(answer) : answer;
  };
};

/** Profiles that the list does not give are asked for one by one. */
const spoilingProfiles =
  (spoil: Spoil): Tamper =>
  (answer, _, { pathname }) =>
    pathname.startsWith('/locations/') ? spoil(answer) : answer;

/** Each stream gets some of them, the next one others; a longer run gives all to all. */
const someOf = <T>(all: readonly T[], count: number, from: number): readonly T[] => {
  const first = from % all.length;
  return [...all.slice(first), ...all.slice(0, first)].slice(0, count);
};

describe.each(streamsOfHighLevel.map(({ name }, place) => ({ name, place })))('$name', ({ name, place }) => {
  test('takes no unusable answer for the end of its rows', async () => {
    const truth = await createHostileWorld().read([name]);
    for (const [what, spoil] of someOf(UNUSABLE, runs(2).numRuns, place * 2)) {
      const world = createHostileWorld();
      // The last request is one of the stream's own, or the one that its end hangs on.
      const tamper = name === 'locations' ? spoilingProfiles(spoil) : spoiling(spoil, truth.calls - 1);
      const run = await world.read([name], { tamper });
      const next = await world.read([name], { states: run.states });
      expect({
        what,
        exitCode: run.exitCode,
        errors: errorsOf(run.messages).length,
        next: next.exitCode,
        missing: missing(truth.keys, run.keys, next.keys),
      }).toEqual({ what, exitCode: 1, errors: 1, next: 0, missing: [] });
    }
  });

  test('reads the truth however it is written', async () => {
    const truth = await createHostileWorld().read([name]);
    for (const [, spoil] of someOf(READABLE, runs(1).numRuns, place)) {
      const run = await createHostileWorld().read([name], { tamper: spoil });
      expect({ exitCode: run.exitCode, missing: missing(truth.keys, run.keys) }).toEqual({
        exitCode: 0,
        missing: [],
      });
    }
  });
});
