import { describe, expect, test } from '@jest/globals';
import { type AccessProblem, configError } from '../foundation/errors.ts';
import { judgeStream } from './judge-stream.ts';
import { createLocationRegister } from './location-register.ts';
import type { InaccessiblePolicy } from './verdict.ts';

interface Given {
  readonly wanted: readonly string[];
  readonly policy?: InaccessiblePolicy;
  readonly failed?: Readonly<Record<string, AccessProblem>>;
  readonly absent?: readonly string[];
  readonly readBefore?: readonly string[];
  readonly skippedBefore?: readonly string[];
  /** Read or tried in this sync; default: all that are wanted. */
  readonly tried?: readonly string[];
}

const judge = (given: Given): { readonly skipped: readonly string[]; readonly messages: string } => {
  const { wanted, failed = {}, absent = [], policy = 'skip_inactive', tried = wanted } = given;
  const register = createLocationRegister();
  const problem = (access: AccessProblem) => configError(`it is ${access}`, { access });
  const locationFailures = Object.entries(failed).map(([locationId, access]) => ({
    locationId,
    error: problem(access),
  }));
  for (const { locationId, error } of locationFailures) register.failed(locationId, error);
  for (const locationId of tried) register.succeeded(locationId);
  const silent = (): void => undefined;
  const { skipped, failures } = judgeStream(
    {
      policy,
      register,
      found: {
        locationIds: wanted,
        absent: new Map(absent.map((id) => [id, problem('not_installed')])),
      },
      known: { read: new Set(given.readBefore), skipped: new Set(given.skippedBefore) },
      log: { debug: silent, info: silent, warn: silent, error: silent },
    },
    'contacts',
    locationFailures,
  );
  return { skipped, messages: failures.map(({ error }) => error.message).join(' ') };
};

const TEN = Array.from({ length: 10 }, (_, index) => `L${index}`);

describe('which locations count as skipped', () => {
  test('are those left out in this sync, and those gone from the list', () => {
    const { skipped, messages } = judge({ wanted: ['A', 'B'], failed: { B: 'inactive' }, absent: ['C'] });
    expect(skipped).toEqual(['C', 'B']);
    expect(messages).toBe('');
  });

  test('still are those that a sync had no time to try', () => {
    expect(judge({ wanted: TEN, skippedBefore: ['L8', 'L9'], tried: ['L0'] }).skipped).toEqual(['L8', 'L9']);
  });

  test('are no longer those that can be read again', () => {
    expect(judge({ wanted: TEN, skippedBefore: ['L8', 'L9'] }).skipped).toEqual([]);
  });
});

describe('many locations gone at once', () => {
  test('fail the stream with the reason first', () => {
    const { messages } = judge({
      wanted: TEN,
      failed: { L1: 'inactive', L2: 'inactive' },
      readBefore: TEN,
    });
    expect(messages).toMatch(
      /^2 of 10 locations that were synced before .* 2 of 10 locations could not be read/,
    );
  });

  test('are no incident when they were skipped before', () => {
    const failed = { L1: 'inactive', L2: 'inactive' } as const;
    expect(judge({ wanted: TEN, failed, readBefore: TEN, skippedBefore: ['L1', 'L2'] }).messages).toBe('');
  });

  test('are one also when they are gone from the list, which fails nothing that is read', () => {
    const { messages } = judge({ wanted: TEN, absent: ['X', 'Y'], readBefore: [...TEN, 'X', 'Y'] });
    expect(messages).toMatch(/^2 of 12 locations that were synced before/);
  });
});

test('who wants to know of each fails for a location that left the list', () => {
  expect(judge({ wanted: TEN, absent: ['X'], policy: 'fail' }).messages).toContain('X: it is not_installed');
});
