import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { hashOf } from '../simulator/random.ts';
import { judgeRun } from '../support/judge-run.ts';
import { errorsOf, parseMessages } from '../support/messages-of.ts';
import { secretsOfConfig } from '../support/known-secrets.ts';
import { lastLineOf } from './ending-watch.ts';
import { lostEntries } from './lost-entries.ts';
import type { AttemptOutput } from './machine.ts';
import type { Attempt, Round, WireFault } from './schedule.ts';
import type { Ended } from './promises.ts';
import { type Stage, tick } from './stage.ts';

/** One of the runs that a job takes. */
export interface JobAttempt {
  readonly round: Round;
  readonly job: string;
  readonly index: number;
  readonly attempt: Attempt;
  readonly isFinal: boolean;
}

const isCut = ({ signal }: AttemptOutput, { ending }: Attempt, lines: number): boolean =>
  signal !== null || (ending.kind === 'close' && lines >= lastLineOf(ending));

const deliveryProblems = ({ isRefused, exitCode }: AttemptOutput): readonly string[] =>
  isRefused && exitCode === 0 ? ['It exits with 0 though its reader went away before its end.'] : [];

/** The streams that are read by search say of missing rows that they are missing, and do not read them later. */
const isSearched = (modes: Stage['modes']): boolean =>
  ['contacts', 'opportunities', 'contact_notes'].some((stream) => modes.get(stream) === 'incremental');

/** The attempt without what no connector could stand. */
const bearable = (attempt: Attempt, modes: Stage['modes']): Attempt => {
  const unbearable: readonly WireFault[] = [
    // A place in a list that was read backwards is no place in it read forwards, and a full refresh remembers places.
    ...([...modes.values()].includes('full_refresh') ? (['reversed'] as const) : []),
    ...(isSearched(modes) ? (['thinned'] as const) : []),
  ];
  // Where each answer is a page of its own, one that is cut shorter than others were passes for one that lacks rows.
  const mayShrink = !modes.has('conversations');
  return {
    ...attempt,
    wire: attempt.wire.filter(({ fault }) => !unbearable.includes(fault)),
    interruptions: attempt.interruptions.filter(({ event }) => mayShrink || event.kind !== 'page_size'),
  };
};

const REFUSING_TOKENS: ReadonlySet<string> = new Set(['expire_tokens', 'revoke_tokens']);

/** Makes things happen in the middle of an attempt, and notes when tokens ended. */
const interrupting = (
  stage: Stage,
  { interruptions }: Attempt,
  tokensEndedAtMs: number[],
): ((nth: number) => void) => {
  const events = new Map(interruptions.map(({ nth, event }) => [nth, event]));
  return (nth) => {
    const event = events.get(nth);
    if (event === undefined) return;
    tick(stage, event.kind);
    if (REFUSING_TOKENS.has(event.kind)) tokensEndedAtMs.push(stage.now());
    stage.events.happen(event);
  };
};

/** Runs the connector once, and holds what it printed against everything that is always true. */
export const runAttempt = async (
  stage: Stage,
  { round, job, index, attempt: planned }: JobAttempt,
): Promise<Ended> => {
  const { simulator, platform, modes, discovered, problems, count, schedule } = stage;
  const attempt = bearable(planned, modes);
  const tokensEndedAtMs: number[] = [];
  const secretsBefore = secretsOfConfig(platform.config());
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
      onRequest: interrupting(stage, attempt, tokensEndedAtMs),
    },
  );
  count.attempts += 1;
  count.requests += output.requests;
  output.faults.forEach((fault) => {
    tick(stage, fault);
  });
  const cut = isCut(output, attempt, output.lines.length);
  tick(stage, cut ? attempt.ending.kind : `exit ${String(output.exitCode)}`);
  const secrets = [...secretsBefore, ...secretsOfConfig(platform.config()), simulator.agencyToken];
  const judged = judgeRun(
    { output, secrets, isCut: cut },
    { selected: [...modes.keys()], check: discovered.check },
  );
  const messages = judged.length === 0 ? parseMessages(output.lines) : [];
  const known = platform.knownLocations();
  platform.keep(messages);
  const lost = lostEntries(known, platform.knownLocations(), modes);
  problems.push(
    ...[...judged, ...deliveryProblems(output), ...output.tokenProblems, ...lost].map(
      (problem) => `job ${job}, attempt ${index}: ${problem}`,
    ),
  );
  return { output, messages, cut, tokensEndedAtMs };
};

/** After an attempt that had the newest refresh token and was not killed, the platform has the newest one again. */
export const judgeTokens = (
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

/** Why an attempt failed, as its errors say. */
export const messageOf = (messages: readonly AirbyteMessage[]): string =>
  errorsOf(messages)
    .map(({ message, failure_type: type }) => `${type}: ${message}`)
    .join(' | ');

const RECONNECT = /(sign in|connect|authenticate) again|reconnect/i;

/** A user who reads that the sign-in is spent signs in again. */
export const reconnectIfAsked = (stage: Stage, messages: readonly AirbyteMessage[]): void => {
  if (stage.schedule.signIn === 'private' || !RECONNECT.test(messageOf(messages))) return;
  tick(stage, 'signed in again');
  stage.platform.reconnect();
  stage.events.signedIn();
};
