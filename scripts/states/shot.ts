import type { JsonObject } from '../../src/foundation/json.ts';
import type { SimulatorOptions } from '../../integration_tests/simulator/options.ts';
import { type Connection, connect } from '../../integration_tests/support/connection.ts';
import type { HighLevel } from '../../integration_tests/support/highlevel.ts';
import { type Cut, cutsOf } from '../../integration_tests/support/resume.ts';
import type { StateFixture } from '../../integration_tests/support/state-fixture.ts';
import { keyOf } from '../../integration_tests/support/warehouse.ts';
import { serveHighLevel } from './served-highlevel.ts';

/** What is done with a connection before the sync whose state is taken. */
export type Story = (connection: Connection, highLevel: HighLevel) => Promise<void>;

/** One state to capture. */
export interface Shot extends Pick<StateFixture, 'description' | 'stream' | 'mode'> {
  /** Of the file. */
  readonly name: string;
  readonly world: SimulatorOptions;
  readonly settings?: JsonObject;
  readonly job?: string;
  readonly before?: Story;
  /** True if the story changes rows. */
  readonly changesRows?: boolean;
  /** What the JSON text of the state has to hold: the first one that does is taken; else the last one. */
  readonly wanted?: RegExp;
}

const distinct = (records: readonly JsonObject[]): number => new Set(records.map(keyOf)).size;

const environmentOf = (job: string | undefined): Readonly<Record<string, string>> =>
  job === undefined ? {} : { WORKER_JOB_ID: job, WORKER_JOB_ATTEMPT: '0' };

const firstOf = (cuts: readonly Cut[], stream: string, wanted: RegExp): Cut | undefined =>
  cuts.find(({ states }) => wanted.test(JSON.stringify(states.get(stream))));

/** @throws Error when no state of the sync is of the wanted shape */
export const take = async (shot: Shot): Promise<StateFixture> => {
  const { description, stream, mode, world, settings = {}, job, before, wanted, changesRows = false } = shot;
  const highLevel = await serveHighLevel(world);
  try {
    const connection = connect(highLevel, { kind: 'private', settings });
    await before?.(connection, highLevel);
    const run = await connection.read({ [stream]: mode }, { env: environmentOf(job) });
    const cuts = cutsOf(run, stream);
    const cut = wanted === undefined ? cuts.at(-1) : firstOf(cuts, stream, wanted);
    const state = cut?.states.get(stream);
    if (cut === undefined || state === undefined)
      throw new Error(`No state of ${shot.name} is of its shape.`);
    return {
      description,
      stream,
      mode,
      world,
      settings: before === undefined ? settings : {},
      job: job ?? null,
      captured_at: new Date(highLevel.now()).toISOString(),
      rows_read: changesRows ? null : distinct(cut.records),
      rows_in_all: before === undefined ? distinct(run.records(stream)) : null,
      state,
    };
  } finally {
    await highLevel.served.close();
  }
};
