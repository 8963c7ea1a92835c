import fc from 'fast-check';
import type { SyncMode } from '../../src/protocol/messages.ts';
import { eventOf } from '../faults/event-arbitrary.ts';
import { scheduleArbitrary } from '../faults/schedule-arbitrary.ts';
import type { Round, Schedule, WireDisturbance, WireFault, WorldEvent } from '../faults/schedule.ts';
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
    | 'foundRows'
    | 'descentOrder'
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
  /** What happens in the middle of attempts, if anything does. */
  readonly interruptions?: readonly WorldEvent['kind'][];
  /** What happens between two syncs, if anything does, besides that rows come, change and go. */
  readonly events?: readonly WorldEvent['kind'][];
};

/** More than any attempt has requests. */
const FOR_EVER = 1_000_000;
const OF_ROWS: readonly WorldEvent['kind'][] = ['insert', 'update', 'delete'];

type Disturb = (wire: readonly WireDisturbance[]) => readonly WireDisturbance[];
/** Another event in place of one. */
type Turn = (event: WorldEvent) => WorldEvent;

const disturbing = ({ isQuiet = false, fault }: Pinned): Disturb => {
  if (isQuiet) return () => [];
  if (fault === undefined) return (wire) => wire;
  return (wire) => wire.slice(0, 1).map(({ nth }) => ({ fault, nth, count: FOR_EVER }));
};

/** Then they come again. */
const MOST_TURNED = 24;

/** Chance is that of the schedule; what is one of the kinds stays as it is. */
const turning = (seed: number, kinds: readonly WorldEvent['kind'][] | undefined): Turn => {
  if (kinds === undefined) return (event) => event;
  const list = fc.sample(eventOf(kinds), { seed, numRuns: MOST_TURNED });
  let turned = 0;
  return (event) => {
    if (kinds.includes(event.kind)) return event;
    turned += 1;
    return list[turned % list.length] ?? event;
  };
};
const pinRound =
  (number: number, pins: Pinned) =>
  (round: Round): Round => {
    const disturb = disturbing(pins);
    const interrupt = turning(hashOf(number, 1), pins.interruptions);
    const turn = turning(hashOf(number, 2), pins.events);
    const happening: Turn = (event) => (OF_ROWS.includes(event.kind) ? event : turn(event));
    return {
      ...round,
      events: round.events.map(happening),
      attempts: round.attempts.map((attempt) => ({
        ...attempt,
        wire: disturb(attempt.wire),
        meanwhile: attempt.meanwhile?.map(happening) ?? [],
        interruptions: attempt.interruptions.map(({ nth, event }) => ({ nth, event: interrupt(event) })),
      })),
    };
  };

/** The schedule of a number: always the same one, and those of neighbouring numbers have nothing in common. */
export const scheduleOf = (number: number, pins: Pinned): Schedule => {
  const { streams = [], mode, isQuiet: _quiet, fault: _fault, ...others } = pins;
  const { interruptions: _interruptions, events: _events, ...pinned } = others;
  const [schedule] = fc.sample(scheduleArbitrary, { seed: hashOf(number), numRuns: 1 });
  if (schedule === undefined) throw new RangeError(`There is no schedule ${number}.`);
  const read = schedule.streams.map((one) => ({ ...one, ...(mode !== undefined && { mode }) }));
  const tables = [...TABLES.keys()].filter((table) => streams.includes(TABLES[table]?.stream ?? ''));
  const only = tables[number % Math.max(1, tables.length)];
  const own = only === undefined ? read : read.slice(0, 1).map((one) => ({ ...one, stream: only }));
  return { ...schedule, ...pinned, rounds: schedule.rounds.map(pinRound(number, pins)), streams: own };
};
