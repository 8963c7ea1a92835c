import { expect, test } from '@jest/globals';
import type { Mutation } from './mutation.ts';
import { type Result, rowsOfPage, tableOf } from './table.ts';

const mutation = (name: string, more: Partial<Mutation> = {}): Mutation => ({
  name,
  rule: `The rule of ${name}.`,
  edits: [],
  ...more,
});
const caught = (name: string, after: number): Result => ({
  mutation: mutation(name),
  bySearch: { kind: 'caught', after, problem: 'after job 0: contacts 1 of 2 (changed at 3) is missing' },
  byTests: undefined,
});
const survived = (name: string, more?: Partial<Mutation>): Result => ({
  mutation: mutation(name, more),
  bySearch: { kind: 'survived', after: 9 },
  byTests: { kind: 'caught', after: undefined, problem: 'a | b' },
});
const names = ['a', 'b', 'c', 'd'];
const whole = tableOf([caught('a', 1), survived('b'), survived('d', { equivalent: 'it is kept twice' })], {
  before: [],
  names,
});

test('a page tells of each mutation, and how many there are of each kind', () => {
  expect(whole).toContain('| `a` | The rule of a. | a row is missing | 1 |  |');
  expect(whole).toContain('| `b` | The rule of b. | **nothing** | > 9 | a / b |');
  expect(whole).toContain(
    'Of 3 mutations the search finds 1; 1 do no harm, and 0 no schedule can show. The other 1 the unit tests notice.',
  );
});

test('rows without a newer result stay as they are, and the counts are of all', () => {
  const page = tableOf([caught('b', 7), caught('c', 8)], { before: rowsOfPage(whole), names });
  expect(rowsOfPage(page).map(({ name, schedules }) => [name, schedules])).toEqual([
    ['a', '1'],
    ['b', '7'],
    ['c', '8'],
    ['d', '> 9'],
  ]);
  expect(page).toContain('Of 4 mutations the search finds 3; 1 do no harm, and 0 no schedule can show.');
  expect(page).not.toContain('The other');
});

test('a mutation that is no more leaves the page', () => {
  const page = tableOf([], { before: rowsOfPage(whole), names: ['b'] });
  expect(rowsOfPage(page).map(({ name }) => name)).toEqual(['b']);
});
