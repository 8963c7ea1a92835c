import type { Arbitrary } from 'fast-check';
import type { Attempt, Ending, Interruption, Round, Schedule, WireFault, WorldEvent } from './schedule.ts';
import { scheduleArbitrary } from './schedule-arbitrary.ts';

/** What a server can do to a request without anybody waiting for a timeout. */
const QUICK_FAULTS: ReadonlySet<WireFault> = new Set<WireFault>([
  'html',
  'error',
  'lost',
  'unanswered',
  'cut',
  'malformed',
  'rate_limited',
]);
/** Used quota and totals that never fit are waited for, and nobody turns a process's clock. */
const SLOW_EVENTS: ReadonlySet<WorldEvent['kind']> = new Set<WorldEvent['kind']>([
  ...(['use_quota', 'drift', 'freeze'] as const),
]);
const LONGEST_STALL_MS = 300;
/** Small tables are written in few lines, and a process that has ended cannot be killed. */
const LATEST_LINE = 40;

const isQuick = (event: WorldEvent): boolean => !SLOW_EVENTS.has(event.kind);

const earlyLine = (lines: number): number => 1 + (lines % LATEST_LINE);

const earlyEnding = (ending: Ending): Ending =>
  'afterLines' in ending ? { ...ending, afterLines: earlyLine(ending.afterLines) } : ending;

const quickAttempt = (attempt: Attempt): Attempt => ({
  ...attempt,
  meanwhile: attempt.meanwhile?.filter(isQuick) ?? [],
  ending: earlyEnding(attempt.ending),
  stalls: attempt.stalls.map(({ afterLines, ms }) => ({
    afterLines: earlyLine(afterLines),
    ms: Math.min(ms, LONGEST_STALL_MS),
  })),
  // Each is waited for, the second one in a row longer than the first.
  wire: attempt.wire
    .filter(({ fault }) => QUICK_FAULTS.has(fault))
    .slice(0, 2)
    .map((disturbance) => ({ ...disturbance, count: Math.min(disturbance.count, 2) })),
  interruptions: attempt.interruptions.filter(({ event }: Interruption) => isQuick(event)),
});

const quickRound = (round: Round): Round => ({
  ...round,
  events: round.events.filter(isQuick),
  attempts: round.attempts.slice(0, 2).map(quickAttempt),
});

/** What is left of a schedule when nobody can jump over waits. */
const inRealTime = (schedule: Schedule): Schedule => ({
  ...schedule,
  quota: 'off',
  rows: Math.min(schedule.rows, 30),
  rounds: schedule.rounds.slice(0, 2).map(quickRound),
});

/** What may happen to a connection, as far as real processes can play it in a few seconds. */
export const processScheduleArbitrary: Arbitrary<Schedule> = scheduleArbitrary.map(inRealTime);
