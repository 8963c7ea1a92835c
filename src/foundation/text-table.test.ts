import { expect, test } from '@jest/globals';
import { textTable } from './text-table.ts';

test('columns are aligned: texts to the left, numbers to the right, rows of fewer cells too', () => {
  const rows = [
    ['name', 'rows', 'more'],
    ['a', '1'],
    ['longer', '12,345', 'x'],
  ];
  expect(textTable(rows)).toEqual(['name      rows  more', 'a            1', 'longer  12,345     x']);
});

test('a table may be very long', () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => [String(index)]);
  expect(textTable(rows).at(-1)).toBe('199999');
});
