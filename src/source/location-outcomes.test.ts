import { expect, test } from '@jest/globals';
import { configError, transientError } from '../foundation/errors.ts';
import type { LocationEnd, LocationFigures } from './location-figures.ts';
import { locationOutcomes } from './location-outcomes.ts';

const COSTS = { requests: 1, retries: 0, quotaMs: 0, backoffMs: 0 };
const figures = (how: LocationEnd | undefined): LocationFigures => ({
  ...{ rows: 1, newest: undefined, costs: COSTS, dailyLeft: undefined, startedAtMs: 0 },
  end: how && { atMs: 1, how },
});
const ENDS: Readonly<Record<string, LocationFigures>> = {
  read: figures('complete'),
  late: figures('cut_short'),
  broken: figures('failed'),
  suspended: figures('failed'),
  interrupted: figures('failed'),
  open: figures(undefined),
};

const gone = configError('gone');
const failure = transientError('no answer');
const ended = transientError('the sync ended');

test('each location has an outcome, whether it was read, failed, was skipped or never reached', () => {
  const outcomes = locationOutcomes({
    locationIds: [...Object.keys(ENDS), 'unreached'],
    failures: [
      { locationId: 'broken', error: failure },
      { locationId: 'suspended', error: gone },
      { locationId: 'absent', error: gone },
    ],
    skipped: ['suspended', 'absent', 'read'],
    error: ended,
    figuresOf: (locationId) => ENDS[locationId],
    cursorOf: () => undefined,
  });
  expect(outcomes.map(({ locationId, status, error }) => [locationId, status, error])).toEqual([
    ['read', 'complete', undefined],
    ['late', 'cut_short', undefined],
    ['broken', 'failed', failure],
    ['suspended', 'skipped', gone],
    ['interrupted', 'not_read', ended],
    ['open', 'not_read', ended],
    ['unreached', 'not_read', ended],
    ['absent', 'skipped', gone],
  ]);
});
