import { judgeTokens, type JobAttempt, messageOf, reconnectIfAsked, runAttempt } from './attempt.ts';
import { begin, type Began, noteGoodEnd, noteOthers } from './good-end.ts';
import { brokenPromises, type Ended, isOnlyClosed } from './promises.ts';
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

/** What the attempts of a job share. */
interface Job {
  readonly beganAt: number;
  /** Rows were left out of answers. */
  isThinned: boolean;
  /** Locations that an earlier attempt may have read: a full refresh does not ask for them again. */
  readonly tried: Set<string>;
}

interface PlayedAttempt {
  readonly began: Began;
  /** Locations whose access changed meanwhile. */
  readonly touched: ReadonlySet<string>;
  readonly ended: Ended;
}

/** What destination and oracle make of an attempt. @returns whether it ended well, and with it its job */
const noteEnd = (
  stage: Stage,
  job: Job,
  one: JobAttempt,
  { began, touched, ended }: PlayedAttempt,
): boolean => {
  const { oracle, destination, problems, now } = stage;
  const { attempt } = one;
  const isThinned = ended.output.faults.includes('thinned');
  job.isThinned ||= isThinned;
  if (isThinned) oracle.mayLack(now());
  const isGood = !ended.cut && ended.output.exitCode === 0;
  destination.take(ended.messages, isGood);
  const broken = brokenPromises(stage, began, { attempt, ended, touched });
  problems.push(...broken.map((problem) => `job ${one.job}, attempt ${one.index}: ${problem}`));
  const isBesideClosed = isOnlyClosed(began, attempt) && touched.size === 0;
  if (isGood)
    noteGoodEnd(
      stage,
      { began, jobBeganAt: job.beganAt, touched, isThinned, isJobThinned: job.isThinned },
      one,
    );
  else if (isBesideClosed) noteOthers(stage, began);
  if (isGood || isBesideClosed)
    problems.push(
      ...oracle
        .judge()
        .slice(0, 5)
        .map((problem) => `after job ${one.job}: ${problem}`),
    );
  for (const id of [...began.readable, ...touched]) job.tried.add(id);
  return isGood;
};

const playAttempt = async (stage: Stage, job: Job, one: JobAttempt): Promise<PlayedAttempt> => {
  const { platform, events, destination, pass } = stage;
  const { round, attempt } = one;
  for (const event of attempt.meanwhile ?? []) {
    pass(round.eventGapMs ?? 1);
    tick(stage, event.kind);
    events.happen(event);
  }
  pass(attempt.pauseMs);
  if (!round.hasJob) destination.begin();
  const began = begin(stage, round.hasJob ? new Set(job.tried) : new Set());
  const hadNewestToken = platform.hasNewestToken();
  const ended = await runAttempt(stage, one);
  const touched = events.takeTouched();
  if (stage.problems.length === 0 && hadNewestToken) judgeTokens(stage, one, ended);
  return { began, touched, ended };
};

/** A job: attempts until one ends well. */
const playRound = async (stage: Stage, round: Round, number: number, isFinal: boolean): Promise<void> => {
  const { platform, events, destination, problems, pass, now } = stage;
  pass(round.pauseMs);
  round.settings.forEach(platform.change);
  for (const [index, event] of round.events.entries()) {
    if (index > 0) pass(round.eventGapMs ?? 1);
    tick(stage, event.kind);
    events.happen(event);
  }
  pass(1);
  const clean = Array.from({ length: CLEAN_ATTEMPTS }, () => CLEAN);
  const job: Job = { beganAt: now(), isThinned: false, tried: new Set() };
  destination.begin();
  let last = '';
  for (const [index, attempt] of [...round.attempts, ...clean].entries()) {
    if (index > round.attempts.length) events.heal();
    const one: JobAttempt = { round, job: String(number), index, attempt, isFinal };
    const played = await playAttempt(stage, job, one);
    if (problems.length > 0 || noteEnd(stage, job, one, played) || problems.length > 0) return;
    const { messages, cut } = played.ended;
    last = messageOf(messages);
    if (!cut) reconnectIfAsked(stage, messages);
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
