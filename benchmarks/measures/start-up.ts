import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type Bench, withSimulator } from '../bench.ts';
import type { Measure } from '../measure.ts';
import { median } from '../median.ts';
import { count, times } from '../words.ts';

const MOST_OF_NODE = 2.5;
/** A start is short, so it takes many to tell. */
const ROUNDS_PER_REPETITION = 5;

const wallMsOf = async (args: readonly string[]): Promise<number> => {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (exitCode !== 0) throw new Error(`${args.join(' ')} ended with code ${String(exitCode)}`);
  return performance.now() - startedAt;
};

const medians = async (bench: Bench, config: string) => {
  const { connector } = bench.programs;
  const commands = {
    node: ['-e', '0'],
    spec: [connector, 'spec'],
    check: [connector, 'check', '--config', config],
    discover: [connector, 'discover', '--config', config],
  } as const;
  const names = ['node', 'spec', 'check', 'discover'] as const;
  const walls = {
    node: [] as number[],
    spec: [] as number[],
    check: [] as number[],
    discover: [] as number[],
  };
  for (let round = 0; round < bench.repetitions * ROUNDS_PER_REPETITION; round += 1)
    for (const name of names) walls[name].push(await wallMsOf(commands[name]));
  return {
    node: median(walls.node),
    spec: median(walls.spec),
    check: median(walls.check),
    discover: median(walls.discover),
  };
};

/** How long a command takes that is a container of its own. */
export const startUp: Measure = {
  name: 'start-up',
  run: (bench) =>
    withSimulator(bench, { locations: 1, isUnlimited: true }, async (simulator) => {
      const config = join(bench.programs.folder, 'start-up.json');
      await writeFile(config, JSON.stringify(simulator.config));
      const { node, spec, check, discover } = await medians(bench, config);
      const told = (wallMs: number): string =>
        `${times(wallMs / node)} (${count(wallMs)} of ${count(node)} ms)`;
      return [
        {
          name: '`spec` against `node -e 0`, wall time',
          value: told(spec),
          wanted: `≤ ${MOST_OF_NODE} ×`,
          isMet: spec <= node * MOST_OF_NODE,
        },
        { name: '`check`, one location, no latency', value: told(check), wanted: '', isMet: undefined },
        { name: '`discover` of the same', value: told(discover), wanted: '', isMet: undefined },
      ];
    }),
};
