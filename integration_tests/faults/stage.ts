import type { AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { RecordCheck } from '../support/judge-run.ts';
import { createDestination, type Destination } from './destination.ts';
import { createEvents, type Events } from './events.ts';
import { createLedger } from './ledger.ts';
import type { Machine } from './machine.ts';
import { createOracle, type Oracle } from './oracle.ts';
import { createPlatform, type Platform } from './platform.ts';
import type { Scene } from './scene.ts';
import type { Schedule } from './schedule.ts';
import type { StreamTable } from './stream-table.ts';
import { tableAt } from './tables.ts';

/** What `discover` says of the streams. */
export interface Discovered {
  readonly streams: readonly AirbyteStream[];
  readonly check: RecordCheck;
}

const modesOf = (schedule: Schedule): ReadonlyMap<string, SyncMode> =>
  new Map(
    schedule.streams.map(({ stream, mode }) => {
      const table = tableAt(stream);
      return [table.stream, table.hasCursor ? mode : 'full_refresh'] as const;
    }),
  );

/** Everything that plays a part in one schedule. */
export interface Stage {
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

export const openStage = (schedule: Schedule, discovered: Discovered, scene: Scene): Stage => {
  const { simulator, machine, now, pass } = scene;
  const modes = modesOf(schedule);
  const tables = schedule.streams
    .map(({ stream }) => tableAt(stream))
    .filter((table, index, all) => all.indexOf(table) === index);
  const ledger = createLedger();
  const destination = createDestination(modes);
  const { world } = simulator;
  const { indexLagMs, signIn, pageSize, lookbackMinutes } = schedule;
  return {
    schedule,
    discovered,
    simulator,
    machine,
    platform: createPlatform({
      ...{ simulator, signIn, now, modes, lookbackMinutes },
      streams: discovered.streams,
    }),
    destination,
    events: createEvents({ simulator, now, pass, ledger, tables, pageSize }),
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

/** Counts what was done. */
export const tick = ({ done }: Stage, name: string): void => void done.set(name, (done.get(name) ?? 0) + 1);
