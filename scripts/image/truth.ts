import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { messagesOf, parseMessages } from '../../integration_tests/support/messages-of.ts';

/** Rows of each stream. */
export type Counts = Readonly<Record<string, number>>;

const linesOf = (output: string): readonly string[] => output.split('\n').filter((line) => line !== '');

/** What a complete read has to bring. */
export const countsInWorld = ({ world }: Simulator): Counts => {
  const ids = world.locationIds();
  const sum = (rows: (locationId: string) => readonly unknown[]): number =>
    ids.reduce((total, locationId) => total + rows(locationId).length, 0);
  return {
    campaigns: sum(world.campaigns),
    contacts: sum(world.contacts),
    custom_fields: sum(world.customFields),
    locations: ids.length,
    opportunities: sum(world.opportunities),
    pipelines: sum(world.pipelines),
  };
};

/** What an output brought, for streams that ended COMPLETE; others are left out. */
export const countsInOutput = (output: string): Counts => {
  const messages = parseMessages(linesOf(output));
  const complete = messagesOf(messages, 'TRACE').flatMap(({ trace }) =>
    trace.type === 'STREAM_STATUS' && trace.stream_status.status === 'COMPLETE'
      ? [trace.stream_status.stream_descriptor.name]
      : [],
  );
  const counts = new Map(complete.sort().map((name) => [name, 0]));
  for (const { record } of messagesOf(messages, 'RECORD')) {
    const count = counts.get(record.stream);
    if (count !== undefined) counts.set(record.stream, count + 1);
  }
  return Object.fromEntries(counts);
};

/** The messages of one type that an output has. */
export const messagesIn: <Type extends 'SPEC' | 'CONNECTION_STATUS' | 'CATALOG'>(
  output: string,
  type: Type,
) => ReturnType<typeof messagesOf<Type>> = (output, type) => messagesOf(parseMessages(linesOf(output)), type);
