import { expect, test } from '@jest/globals';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { thin } from './thin.ts';

const rows = Array.from({ length: 60 }, (_, number) => ({ id: `row-${number}` }));

const rowsLeft = (body: JsonObject): number => {
  const thinned = thin(body);
  const list = isJsonObject(thinned) ? thinned['rows'] : undefined;
  return isJsonArray(list) ? list.length : 0;
};

test.each([
  ['total', { rows, total: 60 }],
  ['total, in a list of one object', { rows, total: [{ total: 60 }] }],
  ['totalCount', { rows, totalCount: 60 }],
  ['meta.total', { rows, meta: { total: 60 } }],
])('rows are left out of an answer that counts them by %s, and still counted', (_, body) => {
  expect(rowsLeft(body)).toBeGreaterThan(30);
  expect(rowsLeft(body)).toBeLessThan(60);
  expect(thin(body)).toMatchObject({ ...body, rows: expect.anything() });
});

test('always the same rows are left out, whichever page they are on', () => {
  const once = thin({ rows, total: 60 });
  const inHalves = [rows.slice(0, 30), rows.slice(30)].map((half) => rowsLeft({ rows: half, total: 60 }));
  expect(inHalves.reduce((sum, left) => sum + left, 0)).toBe(rowsLeft({ rows, total: 60 }));
  expect(thin(once)).toEqual(once);
});

test('an answer that counts nothing keeps its rows, because nobody could notice', () => {
  expect(thin({ rows })).toEqual({ rows });
});
