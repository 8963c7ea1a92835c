import { describe, expect, test } from '@jest/globals';
import { type AccessProblem, configError, transientError } from '../foundation/errors.ts';
import type { LocationFailure } from './sync-stream.ts';
import { type InaccessiblePolicy, judgeLocations } from './verdict.ts';

const gone = (locationId: string, access: AccessProblem): LocationFailure => ({
  locationId,
  error: configError('no access', { access }),
});
const outage: LocationFailure = { locationId: 'D', error: transientError('no answer') };

const judge = (
  policy: InaccessiblePolicy,
  failures: readonly LocationFailure[],
  options: { readonly total?: number; readonly newlyGone?: readonly string[]; readonly known?: number } = {},
): { readonly skipped: string; readonly failed: string; readonly incident: boolean } => {
  const verdict = judgeLocations({
    policy,
    failures,
    total: options.total ?? 20,
    newlyGone: new Set(options.newlyGone ?? []),
    known: new Set(Array.from({ length: options.known ?? 0 }, (_, index) => String(index))),
  });
  const ids = (list: readonly LocationFailure[]): string => list.map(({ locationId }) => locationId).join();
  return {
    skipped: ids(verdict.skipped),
    failed: ids(verdict.failed),
    incident: verdict.incident !== undefined,
  };
};

const failures = [gone('A', 'inactive'), gone('B', 'refused'), gone('C', 'not_installed'), outage];

describe('what failed locations mean for a stream', () => {
  test.each<readonly [InaccessiblePolicy, string, string]>([
    ['skip_inactive', 'A', 'B,C,D'],
    ['skip_all', 'A,B,C', 'D'],
    ['fail', '', 'A,B,C,D'],
  ])('under %s, [%s] are skipped and [%s] fail', (policy, skipped, failed) => {
    expect(judge(policy, failures)).toEqual({ skipped, failed, incident: false });
  });

  test('nothing is skipped when no location can be read', () => {
    expect(judge('skip_all', [gone('A', 'inactive'), gone('B', 'inactive')], { total: 2 })).toEqual({
      skipped: '',
      failed: 'A,B',
      incident: true,
    });
  });

  test.each([
    [1, 5, false],
    [2, 5, true],
    [2, 20, false],
    [3, 20, true],
    [2, 19, true],
  ])('%i of %i known locations gone at once is an incident: %j', (count, known, incident) => {
    const newlyGone = Array.from({ length: count }, (_, index) => String(index));
    expect(judge('skip_all', [gone('0', 'inactive')], { newlyGone, known }).incident).toBe(incident);
  });
});
