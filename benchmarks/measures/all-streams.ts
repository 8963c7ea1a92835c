import { streams } from '../../src/streams/index.ts';
import { withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { QUOTA, WINDOW_MS } from '../quota-windows.ts';
import { readStreams } from '../read-streams.ts';
import type { SeenCall } from '../server-messages.ts';
import { count, seconds, times } from '../words.ts';

/** So many locations, with so many contacts and opportunities each; the other streams have some rows, or none. */
const WORLDS: readonly (readonly [locations: number, contacts: number, opportunities: number])[] = [
  [1, 100, 100],
  [20, 20, 20],
];
/** The connector's own choice when nobody says otherwise. */
const SHARE = 0.8;
const MOST_OF_IDEAL = 1.15;

const mostOfOne = (calls: readonly SeenCall[]): number => {
  const counts = new Map<string, number>();
  for (const { locationId = '' } of calls)
    if (locationId !== '') counts.set(locationId, (counts.get(locationId) ?? 0) + 1);
  return Math.max(1, ...counts.values());
};

/** The shortest that so many requests of one location can take: the first window's go out at once. */
const idealMs = (requests: number, latencyMs: number): number =>
  Math.floor((requests - 1) / (QUOTA * SHARE)) * WINDOW_MS + latencyMs;

/** Whether a location's quota is all that is waited for when every stream is read. */
export const allStreams: Measure = {
  name: 'all-streams',
  run: async (bench) => {
    const { latencyMs } = bench;
    const findings: Finding[] = [];
    for (const [locations, contacts, opportunities] of WORLDS) {
      const world = {
        locations: bench.sized(locations),
        contactsPerLocation: bench.sized(contacts, 5),
        opportunitiesPerLocation: bench.sized(opportunities, 5),
        latencyMs,
      };
      await withSimulator(bench, world, async (simulator) => {
        const { wallMs } = await readStreams(bench, { simulator, streams: streams.map(({ name }) => name) });
        const { calls, busyShare } = await simulator.figures();
        const most = mostOfOne(calls);
        // The list of locations and a token come before the first page.
        const ideal = 2 * latencyMs + idealMs(most, latencyMs);
        bench.say(`simulator busy ${busyShare.toFixed(2)}, ${count(calls.length)} requests`);
        findings.push({
          name: `all streams of ${world.locations} locations of ${count(world.contactsPerLocation)} contacts, ${latencyMs} ms, share 80: wall time`,
          value: `${times(wallMs / ideal)} ideal (${seconds(wallMs)} of ${seconds(ideal)}, ${count(most)} requests of a location)`,
          wanted: `≤ ${MOST_OF_IDEAL} × ideal`,
          isMet: ideal < WINDOW_MS ? undefined : wallMs <= ideal * MOST_OF_IDEAL,
        });
      });
    }
    return findings;
  },
};
