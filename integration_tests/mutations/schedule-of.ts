import fc from 'fast-check';
import type { SyncMode } from '../../src/protocol/messages.ts';
import { scheduleArbitrary } from '../faults/schedule-arbitrary.ts';
import type { Round, Schedule, WireDisturbance, WireFault } from '../faults/schedule.ts';
import { TABLES } from '../faults/tables.ts';
import { hashOf } from '../simulator/random.ts';

/** What schedules have in common when they are to find one thing soon; the rest is up to chance. */
export type Pinned = Partial<
  Pick<
    Schedule,
    | 'signIn'
    | 'locations'
    | 'rows'
    | 'pageSize'
    | 'listedLocations'
    | 'indexLagMs'
    | 'lookbackMinutes'
    | 'clockOffsetMs'
  >
> & {
  /** Each schedule then reads one of these. */
  readonly streams?: readonly string[];
  readonly mode?: SyncMode;
  /** Nothing happens on the wire: what is looked for is seen better then. */
  readonly isQuiet?: boolean;
  /** The one thing that happens on the wire, if anything does, until the attempt ends. */
  readonly fault?: WireFault;
};

/** More than any attempt has requests. */
const FOR_EVER = 1_000_000;

type Disturb = (wire: readonly WireDisturbance[]) => readonly WireDisturbance[];

const disturbed =
  (disturb: Disturb) =>
  (round: Round): Round => ({
    ...round,
    attempts: round.attempts.map((attempt) => ({ ...attempt, wire: disturb(attempt.wire) })),
  });

const disturbing = ({ isQuiet = false, fault }: Pinned): Disturb => {
  if (isQuiet) return () => [];
  if (fault === undefined) return (wire) => wire;
  return (wire) => wire.slice(0, 1).map(({ nth }) => ({ fault, nth, count: FOR_EVER }));
};

/** The schedule of a number: always the same one, and those of neighbouring numbers have nothing in common. */
export const scheduleOf = (number: number, pins: Pinned): Schedule => {
  const { streams = [], mode, isQuiet: _quiet, fault: _fault, ...pinned } = pins;
  const [schedule] = fc.sample(scheduleArbitrary, { seed: hashOf(number), numRuns: 1 });
  if (schedule === undefined) throw new RangeError(`There is no schedule ${number}.`);
  const read = schedule.streams.map((one) => ({ ...one, ...(mode !== undefined && { mode }) }));
  const tables = [...TABLES.keys()].filter((table) => streams.includes(TABLES[table]?.stream ?? ''));
  const only = tables[number % Math.max(1, tables.length)];
  const own = only === undefined ? read : read.slice(0, 1).map((one) => ({ ...one, stream: only }));
  return { ...schedule, ...pinned, rounds: schedule.rounds.map(disturbed(disturbing(pins))), streams: own };
};
