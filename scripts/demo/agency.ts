import type { LocationOptions } from '../../integration_tests/simulator/options.ts';
import { type Served, serve } from '../../integration_tests/simulator/serve.ts';
import { createSimulator, type Simulator } from '../../integration_tests/simulator/simulator.ts';

/** An agency in a simulated HighLevel, served on loopback, and the clock of its servers. */
export interface Agency {
  readonly simulator: Simulator;
  readonly served: Served;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly passHours: (hours: number) => void;
}

const HOUR_MS = 3_600_000;
const LOCATIONS: readonly LocationOptions[] = [
  { name: 'Bright Dental', contacts: 1_200, opportunities: 250, pipelines: 1, campaigns: 2 },
  { name: 'Lakeside Realty', contacts: 1_800, opportunities: 400, pipelines: 2, campaigns: 0 },
  { name: 'Summit Fitness', contacts: 600, opportunities: 120, pipelines: 1, campaigns: 3 },
];

/** The same agency every time, down to the last id. */
export const startAgency = async (): Promise<Agency> => {
  let aheadMs = 0;
  const now = (): number => new Date().getTime() + aheadMs;
  const simulator = createSimulator({ seed: 'demo', now, locations: LOCATIONS, shareNeverUpdated: 0.02 });
  return {
    simulator,
    served: await serve(simulator),
    now,
    passHours: (hours) => {
      aheadMs += hours * HOUR_MS;
    },
  };
};
