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
  const watch = createTokenWatch({ isKept: () => true, now: () => 0 });
  watch.sent(refreshWith('a'));
  watch.arrived(refreshWith('a'), first);
  watch.ended(refreshWith('a'));
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

const mintFor = (locationId: string): HttpRequest => ({
  method: 'POST',
  path: '/oauth/locationToken',
  headers: {},
  body: { kind: 'form', value: { companyId: 'C', locationId } },
});

test('a token must not be asked for while it is being asked for', () => {
  const watch = createTokenWatch({ isKept: () => true, now: () => 0 });
  for (const request of [refreshWith('a'), mintFor('1'), mintFor('2')]) watch.sent(request);
  expect(watch.problems()).toEqual([]);
  watch.ended(mintFor('1'));
  watch.sent(mintFor('1'));
  expect(watch.problems()).toEqual([]);
  watch.sent(mintFor('2'));
  watch.sent(refreshWith('a'));
  expect(watch.problems()).toEqual([
    'a token is renewed twice at a time, by /oauth/locationToken',
    'a token is renewed twice at a time, by /oauth/token',
  ]);
});

test('it remembers when new tokens were asked for and came, and for whom', () => {
  const clock = { now: 1 };
  const watch = createTokenWatch({ isKept: () => true, now: () => clock.now });
  const renew = (request: HttpRequest, status: number): void => {
    watch.sent(request);
    clock.now += 10;
    watch.arrived(request, answer(status, {}));
    watch.ended(request);
  };
  renew(refreshWith('a'), 500);
  renew(refreshWith('a'), 200);
  renew(mintFor('1'), 201);
  expect(watch.renewals()).toEqual([
    { isSignIn: true, askedAtMs: 11, cameAtMs: 21 },
    { isSignIn: false, askedAtMs: 21, cameAtMs: 31 },
  ]);
});
