import { setMaxListeners } from 'node:events';
import { runCli } from '../../src/cli.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { createMessageEmitter } from '../../src/protocol/emitter.ts';
import { createRandom, hashOf } from '../simulator/random.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { Clock } from './clock.ts';
import { createPipe } from './pipe.ts';
import type { Attempt, WireFault } from './schedule.ts';
import { createWire } from './wire.ts';

/** What an attempt is given. */
export interface AttemptInputs {
  readonly command: 'read' | 'discover';
  readonly config: JsonObject;
  readonly catalog?: JsonObject;
  readonly state?: readonly JsonObject[];
  readonly env: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface AttemptOutput {
  readonly exitCode: number | null;
  readonly signal: 'SIGKILL' | 'SIGTERM' | null;
  readonly lines: readonly string[];
  readonly rest: string;
  readonly stderr: string;
  readonly requests: number;
  readonly faults: readonly WireFault[];
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: boolean;
}

/** Where a connector runs. */
export interface Machine {
  readonly run: (inputs: AttemptInputs, attempt: Attempt, hooks: AttemptHooks) => Promise<AttemptOutput>;
}

export interface AttemptHooks {
  /** Before the nth request is answered. */
  readonly onRequest: (nth: number) => void;
  readonly seed: number;
}

/** Runs the whole connector in this process, with its clock ahead of the given one. */
export const inProcess = (simulator: Simulator, clock: Clock, clockOffsetMs: number): Machine => ({
  run: (inputs, attempt, { onRequest, seed }) => {
    const { ending } = attempt;
    const { sleep, end } = clock.openProcess();
    const stop = new AbortController();
    // As many as there are requests under way.
    setMaxListeners(0, stop.signal);
    let killed: () => void = () => undefined;
    const kill = new Promise<'killed'>((resolve) => {
      killed = () => {
        end();
        resolve('killed');
      };
    });
    const pipe = createPipe({
      sleep,
      ending,
      stalls: attempt.stalls,
      onEnding: () => {
        if (ending.kind === 'kill') killed();
        if (ending.kind === 'terminate') stop.abort(new Error('stopped by SIGTERM'));
        if (ending.kind !== 'terminate') pipe.break();
      },
    });
    pipe.stdout.once('error', (error) => {
      stop.abort(error);
    });
    const wire = createWire({
      baseUrl: 'https://services.leadconnectorhq.com',
      handle: simulator.handle,
      sleep,
      random: createRandom(hashOf(seed, 1)),
      disturbances: attempt.wire,
      onRequest,
    });
    const chance = createRandom(hashOf(seed, 2));
    const { command, config, catalog, state, env } = inputs;
    const files: Readonly<Record<string, unknown>> = { config, catalog, state };
    const options = Object.keys(files).filter((name) => files[name] !== undefined);
    const work = runCli([command, ...options.flatMap((name) => [`--${name}`, name])], {
      emitter: createMessageEmitter(pipe.stdout),
      runtime: { now: () => clock.now() + clockOffsetMs, random: chance.next.bind(chance), sleep },
      createClient: () => wire.client,
      readTextFile: (name) => Promise.resolve(JSON.stringify(files[name])),
      env,
      version: '0.0.0',
      signal: stop.signal,
    });
    return clock.run(
      Promise.race([work, kill]).then((outcome): AttemptOutput => {
        end();
        const { lines, rest } = pipe.delivered();
        const signal = outcome === 'killed' ? 'SIGKILL' : ending.kind === 'terminate' ? 'SIGTERM' : null;
        const ended = typeof outcome === 'number';
        return {
          exitCode: ended ? outcome : outcome === 'interrupted' && signal === null ? 1 : null,
          signal: ended ? null : signal,
          lines,
          rest,
          stderr: '',
          requests: wire.requests(),
          faults: wire.faults(),
          hasLostTokens: wire.hasLostTokens(),
        };
      }),
    );
  },
});
