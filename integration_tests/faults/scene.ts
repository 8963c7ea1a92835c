import type { SimulatorOptions } from '../simulator/options.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { createClock } from './clock.ts';
import { inProcess } from './in-process.ts';
import type { Machine } from './machine.ts';
import type { Schedule } from './schedule.ts';
import { tableAt } from './tables.ts';

/** Where a schedule is played: HighLevel, its clock, and a machine that runs the connector. */
export interface Scene {
  readonly simulator: Simulator;
  readonly machine: Machine;
  /** HighLevel's clock, epoch ms. */
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  readonly close: () => Promise<void>;
}

export type OpenScene = (schedule: Schedule) => Promise<Scene>;

const BEGIN = Date.UTC(2026, 2, 1);

/** The agency of a schedule. */
export const simulatorOptionsOf = (schedule: Schedule): SimulatorOptions => {
  const { seed, locations, rows, pageSize, parents, listedLocations, indexLagMs, quota } = schedule;
  const { foundRows = 'indexed', descentOrder = 'newest_first' } = schedule;
  const kinds = Object.fromEntries(
    schedule.streams.map(({ stream }) => [tableAt(stream).kind, rows] as const),
  );
  return {
    seed,
    sleep: () => Promise.resolve(),
    locations,
    contactsPerLocation: rows,
    opportunitiesPerLocation: rows,
    rows: {
      ...{ products: parents ?? 2, funnels: parents ?? 3, object_schemas: parents ?? 5, calendars: 2 },
      ...kinds,
    },
    knobs: {
      silentPageSize: pageSize,
      silentLocationsPage: listedLocations,
      ...{ indexLagMs, foundRows, descentOrder },
      ...(quota === 'off' && { rateLimits: 'off' }),
    },
  };
};

/** Everything in this process, on a clock that jumps over waits. */
export const openInProcess: OpenScene = (schedule) => {
  const clock = createClock(BEGIN);
  const { now, pass } = clock;
  const simulator = createSimulator({ ...simulatorOptionsOf(schedule), now });
  const machine = inProcess(simulator, clock, schedule.clockOffsetMs);
  return Promise.resolve({ simulator, machine, now, pass, close: () => Promise.resolve() });
};
