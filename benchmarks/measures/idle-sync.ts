import { withSimulator } from '../bench.ts';
import type { Measure } from '../measure.ts';
import { readStreams } from '../read-streams.ts';
import type { SeenCall } from '../server-messages.ts';
import { count, seconds } from '../words.ts';

const LOCATIONS = 300;
const ROWS = 20;
const STREAMS = ['contacts', 'opportunities'];

/** Whether a sync that has nothing to bring asks only what it has to. */
export const idleSync: Measure = {
  name: 'idle-sync',
  run: (bench) => {
    const locations = bench.sized(LOCATIONS, 3);
    const rows = { contactsPerLocation: ROWS, opportunitiesPerLocation: ROWS };
    return withSimulator(bench, { locations, ...rows, isUnlimited: true }, async (simulator) => {
      const inputs = { simulator, streams: STREAMS };
      const first = await readStreams(bench, { ...inputs, records: locations * ROWS * STREAMS.length });
      await simulator.figures();
      const state = STREAMS.map(
        (name) =>
          first.others.findLast(
            (message) => message['type'] === 'STATE' && JSON.stringify(message).includes(`"name":"${name}"`),
          ) ?? {},
      );
      const idle = await readStreams(bench, { ...inputs, state, records: 0 });
      const { calls } = await simulator.figures();
      const of = (isOf: (call: SeenCall) => boolean): number => calls.filter(isOf).length;
      const searches = of(({ path }) => path.endsWith('/search'));
      const mints = of(({ path }) => path === '/oauth/locationToken');
      const listings = of(({ path }) => path === '/oauth/installedLocations');
      const others = calls.length - searches - mints - listings;
      return [
        {
          name: `requests of an idle sync, ${locations} locations, contacts and opportunities`,
          value: `${count(searches)} searches, ${mints} mints, ${listings} of the list, ${others} others (${seconds(idle.wallMs)} without limits)`,
          wanted: `≤ ${locations * STREAMS.length} searches, ≤ ${locations} mints, the list`,
          isMet: searches <= locations * STREAMS.length && mints <= locations && others === 0,
        },
      ];
    });
  },
};
