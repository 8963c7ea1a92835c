import type { CollectionCounts } from '../../integration_tests/simulator/collections/create-collections.ts';
import { type Bench, withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { QUOTA, WINDOW_MS } from '../quota-windows.ts';
import { readStreams } from '../read-streams.ts';
import { count, seconds, times } from '../words.ts';

interface Case {
  /** The stream, and the way it is read. */
  readonly name: string;
  readonly stream: string;
  readonly rows: number;
  /** Of the location, at full size. */
  readonly contacts?: number;
  readonly world: (rows: number) => CollectionCounts;
}

const CASES: readonly Case[] = [
  {
    name: 'windows, pages by cursor',
    stream: 'messages',
    rows: 150_000,
    world: (messages) => ({ messages }),
  },
  {
    name: 'windows of one page',
    stream: 'conversations',
    rows: 24_000,
    world: (conversations) => ({ conversations }),
  },
  { name: 'windows, pages by offset', stream: 'orders', rows: 30_000, world: (orders) => ({ orders }) },
  { name: 'a list by offset', stream: 'invoices', rows: 30_000, world: (invoices) => ({ invoices }) },
  {
    name: 'a request a parent',
    stream: 'contact_notes',
    rows: 1_000,
    contacts: 400,
    world: (notes) => ({ contact_notes: notes }),
  },
];
/** The connector's own choice when nobody says otherwise. */
const SHARE = 0.8;
const MOST_OF_IDEAL = 1.25;

/** Tokens, and the list of locations, which are the agency's. */
const NO_LOCATIONS = /^\/(oauth|locations\/search)/;

/** The shortest so many requests can take: those of a window of the quota at once, the others in the next windows. */
const idealMs = (requests: number, latencyMs: number): number =>
  Math.floor((requests - 1) / (QUOTA * SHARE)) * WINDOW_MS + latencyMs;

const measureCase = (bench: Bench, { name, stream, rows, contacts = 0, world }: Case): Promise<Finding> => {
  const { latencyMs } = bench;
  const records = bench.sized(rows, 20);
  const options = {
    locations: 1,
    contactsPerLocation: bench.sized(contacts, contacts === 0 ? 0 : 10),
    rows: world(records),
    latencyMs,
  };
  return withSimulator(bench, options, async (simulator) => {
    const { wallMs } = await readStreams(bench, { simulator, streams: [stream], records });
    const { calls, busyShare } = await simulator.figures();
    bench.say(`simulator busy ${busyShare.toFixed(2)}`);
    const requests = calls.filter(({ path }) => !NO_LOCATIONS.test(path)).length;
    // The list of locations and a token come before the first page.
    const ideal = 2 * latencyMs + idealMs(requests, latencyMs);
    return {
      name: `${stream} of one location (${name}), ${count(records)} rows, ${latencyMs} ms, share 80: wall time`,
      value: `${times(wallMs / ideal)} ideal (${seconds(wallMs)} of ${seconds(ideal)}; ${count(requests)} requests, ${((requests / wallMs) * 1000).toFixed(1)} a second)`,
      wanted: `≤ ${MOST_OF_IDEAL} × ideal`,
      // Within a few windows it is the end of the last one that is measured.
      isMet: ideal < 3 * WINDOW_MS ? undefined : wallMs <= ideal * MOST_OF_IDEAL,
    };
  });
};

/** Whether the quota is what a large location is waited for, whichever way a stream is read. */
export const insideLocation: Measure = {
  name: 'inside-location',
  run: async (bench) => {
    const findings: Finding[] = [];
    for (const one of CASES) findings.push(await measureCase(bench, one));
    return findings;
  },
};
