import { expect, test } from '@jest/globals';
import { pathSegment } from './path-segment.ts';

test.each([
  ['abc123', 'abc123'],
  ['a/b?c#d e', 'a%2Fb%3Fc%23d%20e'],
  ['../x', '..%2Fx'],
  ['😀', '%F0%9F%98%80'],
  ['half \ud83d of it', 'half%20%EF%BF%BD%20of%20it'],
])('%j stays inside its place in a path', (id, segment) => {
  expect(pathSegment(id)).toBe(segment);
});

test.each(['.', '..'])('%j, which would lead to another path, is refused', (id) => {
  expect(() => pathSegment(id)).toThrow('cannot be asked for');
});
