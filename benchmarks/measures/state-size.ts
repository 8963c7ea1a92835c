import type { JsonObject } from '../../src/foundation/json.ts';
import { type Bench, withSimulator } from '../bench.ts';
import type { Finding, Measure } from '../measure.ts';
import { readStreams } from '../read-streams.ts';
import type { SimulatorProcess } from '../simulator-process.ts';
import { count } from '../words.ts';

const LOCATIONS = 5_000;
const ROWS = 20;
/** One of each way of reading that keeps cursors of its own. */
const STREAMS = ['contacts', 'opportunities', 'invoices', 'messages', 'calendars'];
/** Of what is written, beyond each stream's last state. */
const MOST_SHARE = 0.02;

interface Written {
  readonly bytes: number;
  /** In the order they came. */
  readonly states: readonly JsonObject[];
}

const lengthOf = (message: JsonObject): number => JSON.stringify(message).length + 1;

const bytesOf = (messages: readonly JsonObject[]): number =>
  messages.reduce((bytes, message) => bytes + lengthOf(message), 0);

const isOf = (stream: string) => (message: JsonObject) =>
  JSON.stringify(message).includes(`"stream_descriptor":{"name":"${stream}"}`);

/** The state that each stream ended with. */
const lastOf = (states: readonly JsonObject[]): readonly JsonObject[] =>
  STREAMS.map((stream) => states.findLast(isOf(stream)) ?? {});

const sync = async (
  bench: Bench,
  simulator: SimulatorProcess,
  state?: readonly JsonObject[],
): Promise<Written> => {
  let bytes = 0;
  const { others, records, cpuMs } = await readStreams(bench, {
    simulator,
    streams: STREAMS,
    ...(state !== undefined && { state }),
    onChunk: (chunk) => {
      bytes += chunk.length;
    },
  });
  bench.say(`${count(records)} records, ${count(bytes)} bytes, ${count(cpuMs)} ms of CPU`);
  return { bytes, states: others.filter(({ type }) => type === 'STATE') };
};

const shareOf = (name: string, { bytes, states }: Written): Finding => {
  const before = bytesOf(states) - bytesOf(lastOf(states));
  return {
    name: `states of ${name}, beyond each stream's last, of all that is written`,
    value: `${((before / bytes) * 100).toFixed(1)} % (${states.length} states, ${count(bytesOf(states))} of ${count(bytes)} bytes)`,
    wanted: `≤ ${MOST_SHARE * 100} %`,
    isMet: before <= bytes * MOST_SHARE,
  };
};

/** Whether states stay small beside what they are of, and do not grow from sync to sync. */
export const stateSize: Measure = {
  name: 'state-size',
  run: (bench) => {
    const locations = bench.sized(LOCATIONS, 3);
    const rows = { contactsPerLocation: ROWS, opportunitiesPerLocation: ROWS };
    return withSimulator(bench, { locations, ...rows, isUnlimited: true }, async (simulator) => {
      const first = await sync(bench, simulator);
      const state = lastOf(first.states);
      const idle = await sync(bench, simulator, state);
      const [largest = 0] = state.map(lengthOf).sort((one, other) => other - one);
      const sizes = STREAMS.map((stream, index) => {
        const perLocation = lengthOf(state[index] ?? {}) / locations;
        return `${stream} ${perLocation.toFixed(0)}`;
      });
      const growth = bytesOf(lastOf(idle.states)) / bytesOf(state);
      return [
        {
          name: `bytes of the last state, ${count(locations)} locations, a location`,
          value: `${sizes.join(', ')} (the largest ${count(largest)} in all)`,
          wanted: '',
          isMet: undefined,
        },
        shareOf('a first sync', first),
        shareOf('an idle sync', idle),
        {
          name: 'the last states of the idle sync, against those of the first',
          value: `${growth.toFixed(2)} ×`,
          wanted: '≤ 1.5 ×',
          isMet: growth <= 1.5,
        },
      ];
    });
  },
};
