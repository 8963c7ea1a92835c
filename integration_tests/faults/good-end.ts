import type { JobAttempt } from './attempt.ts';
import { type Circumstances, circumstancesOf } from './promises.ts';
import type { Stage } from './stage.ts';

/** What a run finds when it begins. */
export interface Began extends Circumstances {
  readonly at: number;
  /** Locations that the run could read from its begin to its end. */
  readonly readable: readonly string[];
}

/** @param tried locations that an earlier attempt of the same job may have read */
export const begin = (stage: Stage, tried: ReadonlySet<string>): Began => {
  const { now, simulator, platform, events } = stage;
  events.takeTouched();
  const readable = simulator.world
    .locationIds()
    .filter((locationId) => platform.isSelected(locationId) && events.isReadable(locationId));
  return { ...circumstancesOf(stage, tried), at: now(), readable };
};

interface GoodEnd {
  readonly began: Began;
  readonly jobBeganAt: number;
  /** Locations whose access changed meanwhile. */
  readonly touched: ReadonlySet<string>;
  /** Rows were left out of answers: in this attempt, or in any of the job's. */
  readonly isThinned: boolean;
  readonly isJobThinned: boolean;
}

/** Whatever they leave out would pass for deleted. */
const SNAPSHOTS: ReadonlySet<string> = new Set(['contact_ids', 'opportunity_ids']);

/** Tells the oracle of a run that ended well. */
export const noteGoodEnd = (
  { oracle, modes, platform }: Stage,
  { began, jobBeganAt, touched, isThinned, isJobThinned }: GoodEnd,
  { round, isFinal }: JobAttempt,
): void => {
  for (const [stream, mode] of modes) {
    const isInFull = mode === 'full_refresh';
    if (isInFull) oracle.replaced(stream);
    // What was left out is missing, and was warned about. A snapshot that lacks something must not end well.
    const isLacking = isInFull ? isJobThinned : isThinned;
    if (isLacking && !SNAPSHOTS.has(stream)) continue;
    const beganAt = isInFull && round.hasJob ? jobBeganAt : began.at;
    for (const locationId of began.readable.filter((id) => !touched.has(id)))
      oracle.ended(stream, locationId, {
        beganAt,
        startDate: platform.startDate(),
        isDeep: isInFull || isFinal,
        isInFull,
      });
  }
};

/** What could be read beside locations that could not is there as after a good end, where nothing is replaced as a whole. */
export const noteOthers = ({ oracle, modes, platform }: Stage, { at, readable }: Began): void => {
  for (const [stream, mode] of modes)
    if (mode === 'incremental')
      for (const locationId of readable)
        oracle.ended(stream, locationId, {
          ...{ beganAt: at, startDate: platform.startDate() },
          ...{ isDeep: false, isInFull: false },
        });
};
