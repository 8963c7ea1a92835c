import { expect, test } from '@jest/globals';
import { bytesInFlight } from './bytes-in-flight.ts';

const MIB = 1024 * 1024;

test.each([
  ['a container of 256 MB, half of which is for objects', 128, 8],
  ['a tiny one', 32, 8],
  ['one of half a gigabyte', 192, 12],
  ['a large machine', 4096, 16],
])('%s takes answers as its memory allows', (_, heapMiB, expectedMiB) => {
  expect(bytesInFlight(heapMiB * MIB)).toBe(expectedMiB * MIB);
});
