import { setTimeout as delay } from 'node:timers/promises';
import { serve } from '../simulator/serve.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import {
  type ConnectorInputs,
  type ConnectorOutput,
  type OnLine,
  runConnector,
} from '../support/run-connector.ts';
import { createEndingWatch, lastRequestOf } from './ending-watch.ts';
import type { AttemptInputs, AttemptOutput, Machine } from './machine.ts';
import { type OpenScene, simulatorOptionsOf } from './scene.ts';
import type { Attempt } from './schedule.ts';
import { disturb } from './served-faults.ts';

/** A reader that is slow, goes away, or ends the process. */
const readerOf = ({ ending, stalls }: Attempt): OnLine => {
  const isEnd = createEndingWatch(ending);
  return async (line, index, control) => {
    const lines = index + 1;
    const stall = stalls.find(({ afterLines }) => afterLines === lines);
    if (stall !== undefined) await delay(stall.ms);
    if (!isEnd(line)) return;
    if (ending.kind === 'kill') control.kill('SIGKILL');
    else if (ending.kind === 'terminate') control.kill('SIGTERM');
    else control.closeStdout();
  };
};

const filesOf = ({ config, catalog, state }: AttemptInputs): ConnectorInputs => ({
  config: { json: config },
  ...(catalog !== undefined && { catalog: { json: catalog } }),
  ...(state !== undefined && { state: { json: state } }),
});

/** @throws Error when it died of a signal that nobody sent */
const signalOf = ({ signal, stderr }: ConnectorOutput): AttemptOutput['signal'] => {
  if (signal === null || signal === 'SIGKILL' || signal === 'SIGTERM') return signal;
  throw new Error(`The connector died of ${signal}: ${stderr}`);
};

/** Runs the built connector as a process, against a HighLevel that is served. */
const asProcess = (simulator: Simulator): Machine => ({
  run: async (inputs, attempt, { onRequest }) => {
    const { ending, wire } = attempt;
    let end = (): void => undefined;
    const faults = disturb(simulator, {
      disturbances: wire,
      onRequest: (nth) => {
        onRequest(nth);
        if (lastRequestOf(ending) === nth) end();
      },
    });
    try {
      const { env } = inputs;
      const output = await runConnector(inputs.command, filesOf(inputs), {
        env,
        onLine: readerOf(attempt),
        onStart: (control) => {
          end = () => {
            control.kill(ending.kind === 'kill' ? 'SIGKILL' : 'SIGTERM');
          };
        },
      });
      return {
        ...output,
        signal: signalOf(output),
        requests: faults.requests(),
        faults: faults.done(),
        hasLostTokens: faults.hasLostTokens(),
        renewals: undefined,
        tokenProblems: [],
        longestSilenceMs: 0,
        // What a pipe still holds when its reader goes is lost without a word.
        isRefused: false,
      };
    } finally {
      faults.end();
    }
  },
});

/** Real processes, pipes and signals; HighLevel's clock goes with the machine's, and jumps between attempts. */
export const openAsProcess: OpenScene = async (schedule) => {
  let offsetMs = -schedule.clockOffsetMs;
  const now = (): number => new Date().getTime() + offsetMs;
  const simulator = createSimulator({ ...simulatorOptionsOf(schedule), now });
  const { connectorConfig, close } = await serve(simulator);
  return {
    simulator: { ...simulator, connectorConfig },
    machine: asProcess(simulator),
    now,
    pass: (milliseconds) => {
      offsetMs += milliseconds;
    },
    close,
  };
};
