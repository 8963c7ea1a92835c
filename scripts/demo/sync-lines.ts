import type { VerifiedStream } from './sync-and-verify.ts';
import { textTable } from '../../src/foundation/text-table.ts';

interface Place {
  readonly id: string;
  readonly name: string;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);
const arrow = (emitted: number, stored: number): readonly string[] => [
  emitted.toLocaleString('en'),
  '→',
  stored.toLocaleString('en'),
];

/** The records that were emitted, over all locations, and the rows that the table then holds. */
export const counted = ({ emitted, stored }: VerifiedStream): readonly string[] =>
  arrow(sum(emitted.values()), sum(stored.values()));

/** A table: for every stream and location the records that were emitted, and the rows that the table then holds. */
export const syncLines = (
  streams: readonly VerifiedStream[],
  places: readonly Place[],
): readonly string[] => {
  const cells = streams.map((stream) => [
    ...places.map(({ id }) => arrow(stream.emitted.get(id) ?? 0, stream.stored.get(id) ?? 0)),
    counted(stream),
  ]);
  const columns = [...places.map(({ name }) => name), 'all locations'].map((title, index) => {
    const numbers = textTable(
      cells.map((row) => row[index] ?? []),
      0,
    );
    return [title, ...numbers];
  });
  const names = ['records → rows', ...streams.map(({ name }) => name)];
  return textTable(names.map((name, row) => [name, ...columns.map((column) => column[row] ?? '')]));
};
