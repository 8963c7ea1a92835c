import type { Programs } from './programs.ts';
import type { ServerOptions } from './server-messages.ts';
import { type SimulatorProcess, startSimulator } from './simulator-process.ts';

/** How large the measures are, and what they need. */
export interface Bench {
  readonly programs: Programs;
  /** Whether it is only to be proved that the measures run. */
  readonly isQuick: boolean;
  readonly repetitions: number;
  /** HighLevel's time for an answer, where a measure is about waiting. */
  readonly latencyMs: number;
  /** A part of the size that is wanted, as `--scale` says, and at least `least`. */
  readonly sized: (full: number, least?: number) => number;
  /** Tells how it goes. */
  readonly say: (line: string) => void;
}

export const withSimulator = async <Result>(
  { programs }: Bench,
  options: ServerOptions,
  use: (simulator: SimulatorProcess) => Promise<Result>,
): Promise<Result> => {
  const simulator = await startSimulator(programs.simulator, options);
  try {
    return await use(simulator);
  } finally {
    simulator.stop();
  }
};
