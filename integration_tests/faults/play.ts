import type { AirbyteMessage, AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import { hashOf } from '../simulator/random.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { judgeRun, type RecordCheck } from '../support/judge-run.ts';
import { errorsOf, parseMessages } from '../support/messages-of.ts';
import { secretsOf } from '../support/secrets-of.ts';
import { createClock } from './clock.ts';
import { createDestination, type Destination } from './destination.ts';
import { createEvents, type Events } from './events.ts';
import { type AttemptOutput, inProcess, type Machine } from './in-process.ts';
import { createLedger } from './ledger.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { createPlatform, type Platform } from './platform.ts';
import type { Attempt, Round, Schedule } from './schedule.ts';
import { type StreamTable, tableAt } from './tables.ts';

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

/** What `discover` says of the streams. */
export interface Discovered {
  readonly streams: readonly AirbyteStream[];
  readonly check: RecordCheck;
}

const BEGIN = Date.UTC(2026, 2, 1);
/** Longer than any pass over everything may be put off. */
const LONG_MS = 32 * 86_400_000;
const CLEAN: Attempt = { ending: { kind: 'own' }, stalls: [], wire: [], interruptions: [], pauseMs: 60_000 };
/** A clean attempt may fail for what an earlier one was left with; the next ones find everything in order. */
const CLEAN_ATTEMPTS = 4;
const FINAL: Round = { pauseMs: LONG_MS, events: [], settings: [], attempts: [], hasJob: true };

const worldOf = (schedule: Schedule, now: () => number): Simulator => {
  const { locations, rows, pageSize, indexLagMs, quota } = schedule;
  const kinds = Object.fromEntries(
    schedule.streams.map(({ stream }) => [tableAt(stream).kind, rows] as const),
  );
  return createSimulator({
    seed: schedule.seed,
    now,
    sleep: () => Promise.resolve(),
    locations,
    contactsPerLocation: rows,
    opportunitiesPerLocation: rows,
    rows: { ...kinds, products: 2, funnels: 3, object_schemas: 5, calendars: 2 },
    knobs: { silentPageSize: pageSize, indexLagMs, ...(quota === 'off' && { rateLimits: 'off' }) },
  });
};

const modesOf = (schedule: Schedule): ReadonlyMap<string, SyncMode> =>
  new Map(
    schedule.streams.map(({ stream, mode }) => {
      const table = tableAt(stream);
      return [table.stream, table.hasCursor ? mode : 'full_refresh'] as const;
    }),
  );

interface Stage {
  readonly schedule: Schedule;
  readonly discovered: Discovered;
  readonly simulator: Simulator;
  readonly machine: Machine;
  readonly platform: Platform;
  readonly destination: Destination;
  readonly events: Events;
  readonly oracle: Oracle;
  readonly tables: readonly StreamTable[];
  readonly modes: ReadonlyMap<string, SyncMode>;
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  readonly problems: string[];
  readonly done: Map<string, number>;
  readonly count: { attempts: number; requests: number };
}

const openStage = (schedule: Schedule, discovered: Discovered): Stage => {
  const clock = createClock(BEGIN);
  const { now, pass } = clock;
  const simulator = worldOf(schedule, now);
  const modes = modesOf(schedule);
  const tables = schedule.streams
    .map(({ stream }) => tableAt(stream))
    .filter((table, index, all) => all.indexOf(table) === index);
  const ledger = createLedger();
  const destination = createDestination(modes);
  const { world } = simulator;
  const { indexLagMs, signIn, pageSize, clockOffsetMs } = schedule;
  return {
    schedule,
    discovered,
    simulator,
    machine: inProcess(simulator, clock, clockOffsetMs),
    platform: createPlatform({ simulator, signIn, now, streams: discovered.streams, modes }),
    destination,
    events: createEvents({ simulator, now, ledger, tables, pageSize }),
    oracle: createOracle({ world, ledger, destination, tables, modes, indexLagMs }),
    tables,
    modes,
    now,
    pass,
    problems: [],
    done: new Map(),
    count: { attempts: 0, requests: 0 },
  };
};

const tick = ({ done }: Stage, name: string): void => void done.set(name, (done.get(name) ?? 0) + 1);

interface JobAttempt {
  readonly round: Round;
  readonly job: string;
  readonly index: number;
  readonly attempt: Attempt;
  readonly isFinal: boolean;
}

const isCut = ({ signal }: AttemptOutput, { ending }: Attempt, lines: number): boolean =>
  signal !== null || (ending.kind === 'close' && lines >= ending.afterLines);

/** Runs the connector once, and holds what it printed against everything that is always true. */
const runAttempt = async (
  stage: Stage,
  { round, job, index, attempt }: JobAttempt,
): Promise<{
  readonly output: AttemptOutput;
  readonly messages: readonly AirbyteMessage[];
  readonly cut: boolean;
}> => {
  const { simulator, platform, events, modes, discovered, problems, count, schedule } = stage;
  const interruptions = new Map(attempt.interruptions.map(({ nth, event }) => [nth, event]));
  const secretsBefore = secretsOf(platform.config());
  const env = round.hasJob ? { WORKER_JOB_ID: job, WORKER_JOB_ATTEMPT: String(index) } : {};
  const state = platform.state();
  const output = await stage.machine.run(
    {
      command: 'read',
      config: platform.config(),
      catalog: platform.catalog,
      ...(state !== undefined && { state }),
      env,
    },
    attempt,
    {
      seed: hashOf(schedule.seed, count.attempts),
      onRequest: (nth) => {
        const event = interruptions.get(nth);
        if (event === undefined) return;
        tick(stage, event.kind);
        events.happen(event);
      },
    },
  );
  count.attempts += 1;
  count.requests += output.requests;
  output.faults.forEach((fault) => {
    tick(stage, fault);
  });
  const cut = isCut(output, attempt, output.lines.length);
  tick(stage, cut ? attempt.ending.kind : `exit ${String(output.exitCode)}`);
  const secrets = [...secretsBefore, ...secretsOf(platform.config()), simulator.agencyToken];
  const judged = judgeRun(
    { output, secrets, isCut: cut },
    { selected: [...modes.keys()], check: discovered.check },
  );
  problems.push(...judged.map((problem) => `job ${job}, attempt ${index}: ${problem}`));
  const messages = judged.length === 0 ? parseMessages(output.lines) : [];
  platform.keep(messages);
  return { output, messages, cut };
};

/** After an attempt that had the newest refresh token and was not killed, the platform has the newest one again. */
const judgeTokens = (
  stage: Stage,
  { job, index }: JobAttempt,
  { cut, output }: { readonly cut: boolean; readonly output: AttemptOutput },
): void => {
  const { platform, problems, schedule } = stage;
  if (schedule.signIn === 'private' || platform.hasNewestToken()) return;
  if (cut) tick(stage, 'token lost with the process');
  else if (output.hasLostTokens) tick(stage, 'token lost on its way');
  else problems.push(`job ${job}, attempt ${index}: the refresh token that is kept is not the newest`);
};

const messageOf = (messages: readonly AirbyteMessage[]): string =>
  errorsOf(messages)
    .map(({ message, failure_type: type }) => `${type}: ${message}`)
    .join(' | ');

const RECONNECT = /(sign in|connect|authenticate) again|reconnect/i;

/** A user who reads that the sign-in is spent signs in again. */
const reconnectIfAsked = (stage: Stage, messages: readonly AirbyteMessage[]): void => {
  if (stage.schedule.signIn === 'private' || !RECONNECT.test(messageOf(messages))) return;
  tick(stage, 'signed in again');
  stage.platform.reconnect();
};

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
    pass(1);
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

/** Plays a schedule, and two undisturbed syncs long after it that see everything. Stops at the first problem. */
export const play = async (schedule: Schedule, discovered: Discovered): Promise<Played> => {
  const stage = openStage(schedule, discovered);
  const { problems, done, count, now } = stage;
  const began = now();
  const rounds = [...schedule.rounds, FINAL, FINAL];
  for (const [number, round] of rounds.entries()) {
    const isFinal = number === rounds.length - 1;
    if (isFinal || number === rounds.length - 2) stage.events.heal();
    await playRound(stage, round, number, isFinal);
    if (problems.length > 0) break;
  }
  return { problems, ...count, virtualMs: now() - began, done };
};
