import { type Bench, withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { median } from '../median.ts';
import { readStreams } from '../read-streams.ts';
import { type ProgramRun, runProgram } from '../run-program.ts';
import type { SimulatorProcess } from '../simulator-process.ts';
import { count, percent, times } from '../words.ts';

const CONTACTS = 200_000;
const KEPT_PAGE_BYTES = 4e9;
const LEAST_OF_FLOOR = 0.6;
/** Beyond, it was the simulator that was measured. */
const BUSIEST_SIMULATOR = 0.8;

interface Pair {
  readonly floor: ProgramRun;
  readonly connector: ProgramRun;
  /** Of the simulator, while the connector ran. */
  readonly busyShare: number;
}

const runPair = async (bench: Bench, simulator: SimulatorProcess, contacts: number): Promise<Pair> => {
  const { floor: program, usage } = bench.programs;
  const [[locationId, token] = ['', '']] = simulator.locationTokens;
  const floor = await runProgram(program, { usage, args: [simulator.url, locationId, token] });
  if (floor.records !== contacts) throw new Error(`floor brought ${floor.records} of ${contacts} rows`);
  await simulator.figures();
  const connector = await readStreams(bench, { simulator, streams: ['contacts'], records: contacts });
  const { busyShare } = await simulator.figures();
  bench.say(
    `rows per CPU second: floor ${count((contacts / floor.cpuMs) * 1000)}, connector ${count((contacts / connector.cpuMs) * 1000)}; ` +
      `wall ${count(floor.wallMs)} and ${count(connector.wallMs)} ms; simulator busy ${percent(busyShare)}`,
  );
  return { floor, connector, busyShare };
};

const findingsOf = (pairs: readonly Pair[], contacts: number): readonly Finding[] => {
  const of = (figure: (pair: Pair) => number): number => median(pairs.map(figure));
  const share = of(({ floor, connector }) => floor.cpuMs / connector.cpuMs);
  const wall = of(({ floor, connector }) => connector.wallMs / floor.wallMs);
  const busy = of(({ busyShare }) => busyShare);
  const rate = (kind: 'floor' | 'connector'): string =>
    count(of((pair) => (contacts / pair[kind].cpuMs) * 1000));
  const atWork = busy > BUSIEST_SIMULATOR ? ` (the simulator was busy ${percent(busy)} of it)` : '';
  return [
    {
      name: `rows per CPU second, ${count(contacts)} contacts, no limits`,
      value: `${times(share)} floor (${rate('connector')} of ${rate('floor')})`,
      wanted: `≥ ${LEAST_OF_FLOOR} × floor`,
      isMet: share >= LEAST_OF_FLOOR,
    },
    {
      name: 'wall time of the same',
      value: `${times(wall)} floor${atWork}`,
      wanted: '≤ 1 × floor',
      isMet: wall <= 1,
    },
  ];
};

/** What a row costs us, beside what it costs to move it at all. */
export const ownCost: Measure = {
  name: 'own-cost',
  run: (bench) => {
    const contacts = bench.sized(CONTACTS, 1_000);
    const world = { locations: 1, contactsPerLocation: contacts, keptPageBytes: KEPT_PAGE_BYTES };
    return withSimulator(bench, { ...world, isUnlimited: true }, async (simulator) => {
      bench.say('warm-up, in which the simulator makes its pages');
      await runPair(bench, simulator, contacts);
      const pairs: Pair[] = [];
      for (let run = 0; run < bench.repetitions; run += 1)
        pairs.push(await runPair(bench, simulator, contacts));
      return findingsOf(pairs, contacts);
    });
  },
};
