import type { Difference } from './find-differences.ts';

const MOST_SHOWN = 15;
const LONGEST_VALUE = 160;

const shown = (value: string | null): string => {
  const text = (value ?? 'null').replaceAll('\n', '⏎');
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
};

/** How many differences there are in which columns, and the first of them as a diff. */
export const differenceLines = (differences: readonly Difference[]): readonly string[] => {
  const counts = new Map<string, number>();
  for (const { stream, column } of differences) {
    const place = column === undefined ? `${stream} (whole rows)` : `${stream}.${column}`;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  return [
    ...[...counts].map(([place, count]) => `${count} × ${place}`),
    '',
    ...differences
      .slice(0, MOST_SHOWN)
      .flatMap(({ stream, key, column, expected, found }) => [
        `${stream} ${key}${column === undefined ? '' : ` ${column}`}`,
        `  - HighLevel  ${shown(expected)}`,
        `  + database   ${shown(found)}`,
      ]),
    ...(differences.length > MOST_SHOWN ? [`… and ${differences.length - MOST_SHOWN} more`] : []),
  ];
};
