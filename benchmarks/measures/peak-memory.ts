import { type Bench, withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { readStreams } from '../read-streams.ts';
import type { ServerOptions } from '../server-messages.ts';
import { count, megabytes, times } from '../words.ts';

const MOST_BYTES = 160e6;
const MOST_GROWTH = 1.2;
const LANES = 20;
const QUICK_LANES = 3;
const PAGE_SIZE = 500;
const PAGES = 10;

interface Work {
  readonly name: string;
  /** One tenth of it, or all. */
  readonly world: (part: number) => Pick<ServerOptions, 'extraRowBytes'> & {
    readonly locations: number;
    readonly contactsPerLocation: number;
  };
  readonly lanes?: number;
}

const peakOf = ({ world, lanes }: Work, bench: Bench, part: number): Promise<number> => {
  const options = world(part);
  return withSimulator(bench, { ...options, isUnlimited: true }, async (simulator) => {
    const { peakBytes, wallMs } = await readStreams(bench, {
      simulator,
      streams: ['contacts'],
      records: options.locations * options.contactsPerLocation,
      ...(lanes !== undefined && { settings: { max_concurrency: lanes } }),
    });
    bench.say(`${JSON.stringify(options)}: ${megabytes(peakBytes)} in ${count(wallMs)} ms`);
    return peakBytes;
  });
};

/** The peak, and how much of it is there because of the size of the work. */
const measure = async (
  bench: Bench,
  work: Work,
  mostBytes: number,
  bound: string,
): Promise<readonly Finding[]> => {
  const tenth = await peakOf(work, bench, 0.1);
  const whole = await peakOf(work, bench, 1);
  return [
    {
      name: `peak memory, ${work.name}`,
      value: megabytes(whole),
      wanted: `≤ ${bound}`,
      isMet: whole <= mostBytes,
    },
    {
      name: 'the same, against a tenth of the work',
      value: `${times(whole / tenth)} (${megabytes(tenth)})`,
      wanted: `≤ ${times(MOST_GROWTH)}`,
      isMet: whole <= tenth * MOST_GROWTH,
    },
  ];
};

const worksOf = ({ sized, isQuick }: Bench) => {
  const contacts = sized(1_000_000, 2_000);
  const locations = sized(2_000, 10);
  const pages = sized(PAGES, 1);
  const largeRows = (lanes: number): Work => ({
    name: `${lanes} lanes of ${PAGE_SIZE} rows of 20 kB`,
    lanes,
    world: (part) => ({
      locations: lanes,
      contactsPerLocation: PAGE_SIZE * Math.max(1, Math.round(pages * part)),
      extraRowBytes: 20_000,
    }),
  });
  return {
    manyRows: {
      name: `${count(contacts)} contacts`,
      world: (part: number) => ({ locations: 1, contactsPerLocation: Math.round(contacts * part) }),
    },
    manyLocations: {
      name: `${count(locations)} locations of 20 contacts`,
      world: (part: number) => ({ locations: Math.round(locations * part), contactsPerLocation: 20 }),
    },
    oneLane: largeRows(1),
    manyLanes: largeRows(isQuick ? QUICK_LANES : LANES),
  };
};

/** Whether memory is bounded, whatever there is to read. */
export const peakMemory: Measure = {
  name: 'peak-memory',
  run: async (bench) => {
    const { manyRows, manyLocations, oneLane, manyLanes } = worksOf(bench);
    // Bytes in flight are bounded, so twenty lanes of large pages are to take no more than one does.
    const one = await peakOf(oneLane, bench, 1);
    return [
      ...(await measure(bench, manyRows, MOST_BYTES, megabytes(MOST_BYTES))),
      ...(await measure(bench, manyLocations, MOST_BYTES, megabytes(MOST_BYTES))),
      ...(await measure(
        bench,
        manyLanes,
        one * MOST_GROWTH,
        `${times(MOST_GROWTH)} that of one lane (${megabytes(one)})`,
      )),
    ];
  },
};
