import { strictEqual } from 'node:assert/strict';
import type { Served } from '../../integration_tests/simulator/serve.ts';
import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { Ended } from './docker.ts';

/** What the image is judged against. */
export interface Setting {
  readonly image: string;
  readonly simulator: Simulator;
  readonly served: Served;
  /** Every stream, in its best sync mode. */
  readonly catalog: JsonObject;
}

/** One thing that has to be true of the image. @throws Error when it is not */
export type Check = (setting: Setting) => Promise<void>;

/** @throws Error that shows how the output ended */
export const requireExit = ({ exitCode, stdout, stderr }: Ended, expected: number): void => {
  const tail = `${stdout.slice(-1_500)}\n${stderr.slice(-1_500)}`;
  strictEqual(exitCode, expected, `exit code ${String(exitCode)} instead of ${expected}:\n${tail}`);
};
