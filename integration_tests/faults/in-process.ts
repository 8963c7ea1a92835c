import { EventEmitter, once, setMaxListeners } from 'node:events';
import { bareMachine } from '../../src/cli/doubles/bare-machine.ts';
import { type CliOutcome, runCli } from '../../src/cli/run-cli.ts';
import { createMessageEmitter } from '../../src/protocol/emitter.ts';
import { createRandom, hashOf } from '../simulator/random.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Clock, Sleeping } from './clock.ts';
import type { AttemptHooks, AttemptInputs, AttemptOutput, Machine } from './machine.ts';
import { lastRequestOf } from './ending-watch.ts';
import { createPipe } from './pipe.ts';
import type { Attempt, Ending } from './schedule.ts';
import { createWire, type Wire } from './wire.ts';
import '../support/load-connector.ts';

/** Where nobody says otherwise. */
const HIGHLEVEL = 'https://services.leadconnectorhq.com';

/** Ten times what the longest attempt needs. */
const MOST_REQUESTS = 5_000;

/** A process that can be told to stop, and killed. */
const createLife = (sleeping: Sleeping) => {
  const stop = new AbortController();
  // As many as there are requests under way.
  setMaxListeners(0, stop.signal);
  const death = new EventEmitter();
  return {
    stop,
    killed: once(death, 'killed').then(() => 'killed' as const),
    tired: once(death, 'tired').then(() => {
      throw new Error(`It goes on and on: ${MOST_REQUESTS} requests and no end.`);
    }),
    tire: (): void => {
      sleeping.end();
      death.emit('tired');
    },
    end: (kind: Ending['kind']): void => {
      if (kind === 'terminate') stop.abort(new Error('stopped by SIGTERM'));
      if (kind !== 'kill') return;
      sleeping.end();
      death.emit('killed');
    },
  };
};

/** How the outside sees the end. */
const exitOf = (
  outcome: CliOutcome | 'killed',
  ending: Ending,
): Pick<AttemptOutput, 'exitCode' | 'signal'> => {
  if (outcome === 'killed') return { exitCode: null, signal: 'SIGKILL' };
  if (typeof outcome === 'number') return { exitCode: outcome, signal: null };
  return ending.kind === 'terminate' ? { exitCode: null, signal: 'SIGTERM' } : { exitCode: 1, signal: null };
};

const openPipe = (
  { ending, stalls }: Attempt,
  { sleep, now }: Sleeping & Pick<Clock, 'now'>,
  { stop, end }: ReturnType<typeof createLife>,
) => {
  const pipe = createPipe({
    now,
    sleep,
    ending,
    stalls,
    onEnding: () => {
      end(ending.kind);
      if (ending.kind !== 'terminate') pipe.break();
    },
  });
  pipe.stdout.once('error', (error) => {
    stop.abort(error);
  });
  return pipe;
};

interface Parts {
  readonly simulator: Simulator;
  readonly clock: Clock;
  readonly clockOffsetMs: number;
}

const seenOn = (wire: Wire) => ({
  requests: wire.requests(),
  faults: wire.faults(),
  hasLostTokens: wire.hasLostTokens(),
  renewals: wire.renewals(),
  tokenProblems: wire.tokenProblems(),
});

const runAttempt = async (
  { simulator, clock, clockOffsetMs }: Parts,
  { command, config, catalog, state, env }: AttemptInputs,
  attempt: Attempt,
  { onRequest, seed }: AttemptHooks,
): Promise<AttemptOutput> => {
  const sleeping = clock.openProcess();
  const { sleep } = sleeping;
  const life = createLife(sleeping);
  // What passes while the world has its turn passes for a machine that sleeps: nobody can be silent then.
  let frozenMs = 0;
  const pipe = openPipe(attempt, { ...sleeping, now: () => clock.now() - frozenMs }, life);
  const { handle } = simulator;
  const random = createRandom(hashOf(seed, 1));
  const wire = createWire({
    ...{ baseUrl: HIGHLEVEL, handle, sleep, now: clock.now, random },
    onRequest: (nth) => {
      if (nth > MOST_REQUESTS) life.tire();
      const before = clock.now();
      onRequest(nth);
      frozenMs += clock.now() - before;
      if (lastRequestOf(attempt.ending) === nth) life.end(attempt.ending.kind);
    },
    disturbances: attempt.wire,
    isKept: (token) => pipe.delivered().lines.some((line) => line.includes(token)),
  });
  const chance = createRandom(hashOf(seed, 2));
  const files: Readonly<Record<string, unknown>> = { config, catalog, state };
  const options = Object.keys(files).filter((name) => files[name] !== undefined);
  const work = runCli([command, ...options.flatMap((name) => [`--${name}`, name])], {
    ...bareMachine,
    emitter: createMessageEmitter(pipe.stdout),
    runtime: { now: () => clock.now() + clockOffsetMs, random: () => chance.next(), sleep },
    createClient: () => wire.client,
    readTextFile: (name) => Promise.resolve(JSON.stringify(files[name])),
    env,
    signal: life.stop.signal,
  });
  const outcome = await clock.run(Promise.race([work, life.killed, life.tired]));
  sleeping.end();
  return {
    ...exitOf(outcome, attempt.ending),
    ...pipe.delivered(),
    stderr: '',
    ...seenOn(wire),
    longestSilenceMs: pipe.longestSilenceMs(),
    isRefused: pipe.isRefused(),
  };
};

/** Runs the whole connector in this process, with its clock ahead of the given one. */
export const inProcess = (simulator: Simulator, clock: Clock, clockOffsetMs: number): Machine => ({
  run: (inputs, attempt, hooks) => runAttempt({ simulator, clock, clockOffsetMs }, inputs, attempt, hooks),
});
