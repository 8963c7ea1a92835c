import { expect, test } from '@jest/globals';
import { shareLanes } from './window-lanes.ts';

test.each([
  [6, 1, { windows: 6, lists: 1 }],
  [6, 2, { windows: 3, lists: 2 }],
  [6, 4, { windows: 1, lists: 4 }],
  [6, 40, { windows: 1, lists: 6 }],
  [1, 2, { windows: 1, lists: 1 }],
  [6, 0, { windows: 6, lists: 1 }],
])('%j requests at once, %j lists in each window', (parallel, lists, lanes) => {
  expect(shareLanes(parallel, lists)).toEqual(lanes);
});
