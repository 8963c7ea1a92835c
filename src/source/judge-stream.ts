import { type Failure, summariseFailures } from './failure-traces.ts';
import type { Sync } from './sync.ts';
import type { LocationFailure } from './sync-stream.ts';
import { type InaccessiblePolicy, judgeLocations } from './verdict.ts';

interface Judgement {
  /** None means that the stream is complete. */
  readonly failures: readonly Failure[];
  /** Locations left out knowingly. */
  readonly skipped: readonly string[];
}

type Circumstances = Pick<Sync, 'found' | 'known' | 'register' | 'log'> & {
  readonly policy: InaccessiblePolicy;
};

/** Locations that the sync was to read and that could not be found, as failures. */
export const absentIn = ({ found }: Pick<Sync, 'found'>): readonly LocationFailure[] =>
  [...found.absent].map(([locationId, error]) => ({ locationId, error }));

/** Decides what a stream's failed locations mean, and warns of those that are skipped. */
export const judgeStream = (
  { policy, found, known, register, log }: Circumstances,
  streamName: string,
  locationFailures: readonly LocationFailure[],
): Judgement => {
  const absent = absentIn({ found });
  // A location that left the agency's list fails a stream only for users who want to know of each.
  const counted = policy === 'fail' ? absent : [];
  const total = found.locationIds.length + counted.length;
  const wanted = new Set([...found.locationIds, ...found.absent.keys()]);
  const inaccessible = new Set([...found.absent.keys(), ...register.inaccessible()]);
  const wasRead = [...known.read].filter((id) => wanted.has(id));
  const { skipped, failed, incident } = judgeLocations({
    policy,
    total,
    failures: [...locationFailures, ...counted],
    newlyGone: new Set(wasRead.filter((id) => inaccessible.has(id) && !known.skipped.has(id))),
    known: new Set(wasRead),
  });
  for (const { locationId, error } of skipped) {
    log.warn(`Location ${locationId} is skipped for ${streamName}: ${error.message}`);
  }
  // A sync whose time is up does not try them all; those it did not try are skipped as before.
  const notTried = [...known.skipped].filter((id) => wanted.has(id) && register.statusOf(id) === undefined);
  const left = [...absent, ...skipped].map(({ locationId }) => locationId);
  return {
    skipped: [...new Set([...left, ...notTried])],
    failures: summariseFailures(streamName, failed, { total, incident }),
  };
};
