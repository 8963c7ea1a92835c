import { setTimeout } from 'node:timers/promises';
import { withSimulator } from '../bench.ts';
import type { Measure } from '../measure.ts';
import { QUOTA, WINDOW_MS } from '../quota-windows.ts';
import { readStreams } from '../read-streams.ts';
import { count, percent, seconds, times } from '../words.ts';

/** Contacts of so many locations each: few large ones and many small ones, as agencies have them. */
const SIZES: readonly (readonly [locations: number, contacts: number])[] = [
  [1, 250_000],
  [4, 50_000],
  [15, 10_000],
  [30, 1_000],
];
const PAGE_SIZE = 500;
const KEPT_PAGE_BYTES = 4e9;
/** The connector's own choice when nobody says otherwise. */
const SHARE = 0.8;
const MOST_OF_IDEAL = 1.15;

/**
 * The shortest a location can take: a window's requests go out at once, the others wait for the next windows, and nothing
 * but the quota is waited for.
 */
const idealMs = (contacts: number, latencyMs: number): number => {
  const pages = Math.max(1, Math.ceil(contacts / PAGE_SIZE));
  return Math.floor((pages - 1) / (QUOTA * SHARE)) * WINDOW_MS + latencyMs;
};

/** Whether the locations' quotas are all that a sync of many waits for. */
export const manyLocations: Measure = {
  name: 'many-locations',
  run: (bench) => {
    const { latencyMs } = bench;
    const sizes = SIZES.flatMap(([locations, contacts]) =>
      Array.from({ length: locations }, () => bench.sized(contacts, 20)),
    );
    const records = sizes.reduce((sum, contacts) => sum + contacts, 0);
    const locations = sizes.map((contacts) => ({ contacts, opportunities: 0 }));
    const world = { locations, latencyMs, keptPageBytes: KEPT_PAGE_BYTES };
    return withSimulator(bench, world, async (simulator) => {
      bench.say('warm-up, in which the simulator makes its pages');
      await readStreams(bench, { simulator, streams: ['contacts'], records });
      await simulator.figures();
      // What the warm-up took of the quota.
      await setTimeout(WINDOW_MS);
      const { wallMs } = await readStreams(bench, { simulator, streams: ['contacts'], records });
      const { busyShare } = await simulator.figures();
      // The list of locations and a token come before the first page.
      const ideal = 2 * latencyMs + Math.max(...sizes.map((contacts) => idealMs(contacts, latencyMs)));
      return [
        {
          name: `${sizes.length} locations, ${count(records)} contacts, ${latencyMs} ms, share 80: wall time`,
          value: `${times(wallMs / ideal)} ideal (${seconds(wallMs)} of ${seconds(ideal)}; the simulator was busy ${percent(busyShare)} of it)`,
          wanted: `≤ ${MOST_OF_IDEAL} × ideal`,
          // Below one window it is the start of the process that is measured.
          isMet: ideal < WINDOW_MS ? undefined : wallMs <= ideal * MOST_OF_IDEAL,
        },
      ];
    });
  },
};
