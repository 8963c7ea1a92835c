import { judgeTokens, type JobAttempt, messageOf, reconnectIfAsked, runAttempt } from './attempt.ts';
import { openInProcess, type OpenScene } from './scene.ts';
import type { Attempt, Round, Schedule } from './schedule.ts';
import { type Discovered, openStage, type Stage, tick } from './stage.ts';

/** What playing a schedule found, and what it did. */
export interface Played {
  /** Empty if all is well. */
  readonly problems: readonly string[];
  readonly attempts: number;
  readonly requests: number;
  readonly virtualMs: number;
  /** How often what was done, by name. */
  readonly done: ReadonlyMap<string, number>;
}

/** Longer than any pass over everything may be put off. */
const LONG_MS = 32 * 86_400_000;
/** Begins later than the shortest lookback reaches back. */
const CLEAN: Attempt = { ending: { kind: 'own' }, stalls: [], wire: [], interruptions: [], pauseMs: 180_000 };
/** A clean attempt may fail for what an earlier one was left with; the next ones find everything in order. */
const CLEAN_ATTEMPTS = 4;
const FINAL: Round = { pauseMs: LONG_MS, events: [], settings: [], attempts: [], hasJob: true };

interface Began {
  readonly at: number;
  /** Locations that the run could read from its begin to its end. */
  readonly readable: readonly string[];
}

const begin = ({ now, simulator, platform, events }: Stage): Began => {
  events.takeTouched();
  const readable = simulator.world
    .locationIds()
    .filter((locationId) => platform.isSelected(locationId) && events.isReadable(locationId));
  return { at: now(), readable };
};

const noteGoodEnd = (
  stage: Stage,
  began: Began,
  jobBeganAt: number,
  { round, isFinal }: JobAttempt,
): void => {
  const { oracle, modes, platform, events } = stage;
  const touched = events.takeTouched();
  for (const [stream, mode] of modes) {
    const isInFull = mode === 'full_refresh';
    if (isInFull) oracle.replaced(stream);
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

/** A job: attempts until one ends well. */
const playRound = async (stage: Stage, round: Round, number: number, isFinal: boolean): Promise<void> => {
  const { platform, events, oracle, destination, problems, pass, now } = stage;
  pass(round.pauseMs);
  round.settings.forEach(platform.change);
  for (const event of round.events) {
    tick(stage, event.kind);
    events.happen(event);
    pass(round.eventGapMs ?? 1);
  }
  const clean = Array.from({ length: CLEAN_ATTEMPTS }, () => CLEAN);
  const jobBeganAt = now();
  destination.begin();
  let last = '';
  for (const [index, attempt] of [...round.attempts, ...clean].entries()) {
    if (index > round.attempts.length) events.heal();
    pass(attempt.pauseMs);
    if (!round.hasJob) destination.begin();
    const began = begin(stage);
    const hadNewestToken = platform.hasNewestToken();
    const one: JobAttempt = { round, job: String(number), index, attempt, isFinal };
    const ended = await runAttempt(stage, one);
    if (problems.length > 0) return;
    const isGood = !ended.cut && ended.output.exitCode === 0;
    destination.take(ended.messages, isGood);
    if (hadNewestToken) judgeTokens(stage, one, ended);
    if (isGood) {
      noteGoodEnd(stage, began, jobBeganAt, one);
      problems.push(
        ...oracle
          .judge()
          .slice(0, 5)
          .map((problem) => `after job ${number}: ${problem}`),
      );
      return;
    }
    last = messageOf(ended.messages);
    if (!ended.cut) reconnectIfAsked(stage, ended.messages);
  }
  problems.push(`job ${number} does not end well when all is in order again: ${last}`);
};

/** The rounds of the schedule, and two undisturbed syncs long after it that see everything. */
const playRounds = async (stage: Stage): Promise<Played> => {
  const { schedule, events, problems, done, count, now } = stage;
  const began = now();
  const rounds = [...schedule.rounds, FINAL, FINAL];
  for (const [number, round] of rounds.entries()) {
    const isFinal = number === rounds.length - 1;
    if (isFinal || number === rounds.length - 2) events.heal();
    await playRound(stage, round, number, isFinal);
    if (problems.length > 0) break;
  }
  return { problems, ...count, virtualMs: now() - began, done };
};

/** Plays a schedule to its end, or to its first problem. */
export const play = async (
  schedule: Schedule,
  discovered: Discovered,
  openScene: OpenScene = openInProcess,
): Promise<Played> => {
  const scene = await openScene(schedule);
  try {
    return await playRounds(openStage(schedule, discovered, scene));
  } finally {
    await scene.close();
  }
};
