import { expect, test } from '@jest/globals';
import type { HttpRequest, HttpResponse } from '../../src/http/client.ts';
import { createTokenWatch } from './token-watch.ts';

const refreshWith = (refreshToken: string): HttpRequest => ({
  method: 'POST',
  path: '/oauth/token',
  headers: {},
  body: { kind: 'form', value: { refresh_token: refreshToken } },
});
const answer = (status: number, body: HttpResponse['body']): HttpResponse => ({
  ...{ status, body },
  headers: {},
  sizeBytes: 1,
});

const playRefreshes = (first: HttpResponse, second: string): readonly string[] => {
  const watch = createTokenWatch(() => true);
  watch.sent(refreshWith('a'));
  watch.arrived(refreshWith('a'), first);
  watch.sent(refreshWith(second));
  return watch.problems();
};

test('a refresh token that was refused must not be used again', () => {
  const refused = answer(400, { error: 'invalid_grant' });
  expect(playRefreshes(refused, 'a')).toEqual(['a refresh token is used that was refused']);
  expect(playRefreshes(refused, 'b')).toEqual([]);
});

test('a refresh token may be used again when nothing came of it', () => {
  expect(playRefreshes(answer(500, { message: 'Internal server error' }), 'a')).toEqual([]);
});
