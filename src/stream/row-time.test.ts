import { describe, expect, test } from '@jest/globals';
import { instantOf, rowTime } from './row-time.ts';

const MS = Date.parse('2026-01-02T03:04:05.678Z');

describe('an instant of a row', () => {
  test.each([
    ['a date-time', '2026-01-02T03:04:05.678Z'],
    ['with an offset', '2026-01-02T05:04:05.678+02:00'],
    ['without a zone, as UTC', '2026-01-02 03:04:05.678'],
    ['epoch milliseconds', MS],
    ['their text', String(MS)],
  ])('is read as %s', (_, raw) => {
    expect(instantOf(raw)).toBe(MS);
  });

  test.each([[undefined], [null], [''], ['soon'], [{}], [true], [8.64e15 + 1], [-9e15]])(
    'is not made up of %j',
    (raw) => {
      expect(instantOf(raw)).toBeUndefined();
    },
  );

  test('is the first that the row has, also when it is 0', () => {
    const { column, valueOf } = rowTime('changed_at', 'updatedAt', 'createdAt');
    expect(column).toBe('changed_at');
    expect(valueOf({ createdAt: 1, updatedAt: 2 })).toBe(2);
    expect(valueOf({ createdAt: 1, updatedAt: 0 })).toBe(0);
    expect(valueOf({ createdAt: 1, updatedAt: null })).toBe(1);
    expect(valueOf({ createdAt: 1, updatedAt: 'soon' })).toBe(1);
    expect(valueOf({})).toBeUndefined();
  });
});
