import { withSimulator } from '../bench.ts';
import type { Measure } from '../measure.ts';
import { median } from '../median.ts';
import { countByWindow, QUOTA } from '../quota-windows.ts';
import { readStreams } from '../read-streams.ts';
import { count, percent } from '../words.ts';

const CONTACTS = 500_000;
const LEAST_USED = 0.95;

/** Whether one location's quota is what its sync waits for. */
export const quotaUsed: Measure = {
  name: 'quota-used',
  run: (bench) => {
    const { latencyMs } = bench;
    const contacts = bench.sized(CONTACTS, 2_000);
    const world = { locations: 1, contactsPerLocation: contacts, latencyMs };
    return withSimulator(bench, world, async (simulator) => {
      const settings = { max_quota_share: 100 };
      const { wallMs } = await readStreams(bench, {
        simulator,
        streams: ['contacts'],
        settings,
        records: contacts,
      });
      const { calls, busyShare } = await simulator.figures();
      const sent = calls.filter(({ locationId }) => locationId !== undefined && locationId !== '');
      const searches = sent.filter(({ path }) => path === '/contacts/search').map(({ at }) => at);
      const range = { start: searches[0] ?? 0, end: searches.at(-1) ?? 0 };
      const shares = countByWindow(searches, range).map((used) => used / QUOTA);
      const refused = calls.filter(({ status }) => status === 429).length;
      bench.say(`requests in each full window: ${shares.map((share) => count(share * QUOTA)).join(' ')}`);
      bench.say(`simulator busy ${percent(busyShare)}`);
      const leastUsed = Math.min(...shares);
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      const name = `quota used, ${count(contacts)} contacts, ${latencyMs} ms`;
      return [
        {
          name: `${name}, worst full window`,
          value:
            shares.length === 0
              ? 'no full window'
              : `${percent(leastUsed)} (median ${percent(median(shares))}, mean ${percent(mean)} of ${shares.length}; ${count((contacts / wallMs) * 1000)} rows/s)`,
          wanted: `≥ ${percent(LEAST_USED)}`,
          isMet: shares.length === 0 ? undefined : leastUsed >= LEAST_USED,
        },
        { name: 'answers 429 of the same', value: `${refused}`, wanted: '0', isMet: refused === 0 },
      ];
    });
  },
};
