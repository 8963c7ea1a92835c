import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { messagesOf, parseMessages } from '../../integration_tests/support/messages-of.ts';
import { truthOf } from '../../integration_tests/support/truth.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { streams } from '../../src/streams/index.ts';

/** Rows of each stream. */
export type Counts = Readonly<Record<string, number>>;

const linesOf = (output: string): readonly string[] => output.split('\n').filter((line) => line !== '');

const NAMES = streams.map(({ name }) => name).sort();
const KEYS = new Map(streams.map(({ name, primaryKey }) => [name, primaryKey]));

/** What a complete read has to bring, by stream in alphabetical order. */
export const countsInWorld = ({ world }: Simulator): Counts => {
  const ids = world.locationIds();
  const rowsOf = (name: string): number => {
    if (name === 'locations') return ids.length;
    // One for each location of each other stream.
    if (name === 'sync_report') return ids.length * (NAMES.length - 1);
    return ids.reduce((total, locationId) => total + truthOf(world, name, locationId).length, 0);
  };
  return Object.fromEntries(NAMES.map((name) => [name, rowsOf(name)]));
};

const keyOf = (stream: string, data: JsonObject): string =>
  JSON.stringify((KEYS.get(stream) ?? []).map((column) => data[column]));

/** The distinct rows of an output, for streams that ended COMPLETE; others are left out. Some rows come twice. */
export const countsInOutput = (output: string): Counts => {
  const messages = parseMessages(linesOf(output));
  const complete = messagesOf(messages, 'TRACE').flatMap(({ trace }) =>
    trace.type === 'STREAM_STATUS' && trace.stream_status.status === 'COMPLETE'
      ? [trace.stream_status.stream_descriptor.name]
      : [],
  );
  const keys = new Map(complete.sort().map((name) => [name, new Set<string>()]));
  for (const { record } of messagesOf(messages, 'RECORD')) {
    keys.get(record.stream)?.add(keyOf(record.stream, record.data));
  }
  return Object.fromEntries([...keys].map(([name, { size }]) => [name, size]));
};

/** The messages of one type that an output has. */
export const messagesIn: <Type extends 'SPEC' | 'CONNECTION_STATUS' | 'CATALOG'>(
  output: string,
  type: Type,
) => ReturnType<typeof messagesOf<Type>> = (output, type) => messagesOf(parseMessages(linesOf(output)), type);
