import { expect, test } from '@jest/globals';
import type { JsonValue } from '../foundation/json.ts';
import { answer } from './doubles/scripted-client.ts';
import { judge } from './response-policy.ts';

const question = {
  request: { method: 'POST', path: '/contacts/search?key=secret' },
  purpose: 'contacts of location L1',
  scope: 'contacts.readonly',
} as const;

const judgeSaying = (status: number, body: JsonValue) => {
  const verdict = judge(answer(status, body), question);
  if (verdict.action === 'SUCCESS') return verdict.action;
  const { failureType, reach, access } = verdict.error;
  return [verdict.action, failureType.replace('_error', ''), reach, access].filter(Boolean).join(' ');
};
const says = (message: string): JsonValue => ({ message, traceId: 't-1' });

test.each<[number, JsonValue, string]>([
  [200, {}, 'SUCCESS'],
  [201, {}, 'SUCCESS'],
  [204, '', 'SUCCESS'],
  [302, '', 'FAIL config sync'],
  [401, says('Invalid JWT'), 'REFRESH config partition refused'],
  [401, says('Invalid Private Integration token'), 'REFRESH config partition refused'],
  [401, says('Invalid token: access token is invalid'), 'REFRESH config partition refused'],
  [401, { error: 'Unauthorized', error_description: 'expired' }, 'REFRESH config partition refused'],
  [401, 'who are you?', 'REFRESH config partition refused'],
  [401, says('The token is not authorized for this scope.'), 'FAIL config stream'],
  [401, says("Token's user type mismatch!"), 'FAIL config stream'],
  [401, says("This token's user type is not yet supported!"), 'FAIL config stream'],
  [
    401,
    says(
      'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.',
    ),
    'FAIL config stream',
  ],
  [
    401,
    says('This route is not yet supported by the IAM Service. Please update your IAM config.'),
    'FAIL config stream',
  ],
  [401, says('version header was not found.'), 'FAIL system stream'],
  [401, { status: 401, message: 'version header is invalid', error: 'Error' }, 'FAIL system stream'],
  [400, says("Invalid API version segment 'bogus-version' at position 0"), 'FAIL system stream'],
  [400, says('Endpoint /x not available in API version v3.'), 'FAIL system stream'],
  [401, says('This location is not accessible from this token!'), 'FAIL config partition refused'],
  [403, says('The token does not have access to this location.'), 'FAIL config partition refused'],
  [403, says('Forbidden resource'), 'FAIL config partition'],
  [403, 'error code: 1010', 'FAIL system sync'],
  [403, '<html>Access denied</html>', 'FAIL config sync'],
  [400, says('Location is not active'), 'FAIL config partition inactive'],
  [403, says('Location is not active'), 'FAIL config partition inactive'],
  [400, says('Invalid field date_added'), 'FAIL system partition'],
  [404, says('Cannot GET /nope'), 'FAIL system partition'],
  [405, '', 'FAIL system partition'],
  [413, '', 'FAIL system partition'],
  [418, '', 'FAIL system partition'],
  [422, { message: ['property locationId should not exist'] }, 'FAIL system partition'],
  [408, '', 'RETRY transient partition'],
  [425, '', 'RETRY transient partition'],
  [429, says('Too Many Requests'), 'RATE_LIMITED transient partition'],
  [500, says('Error occurred while searching'), 'RETRY transient partition'],
  [502, '<html>', 'RETRY transient partition'],
  [503, 'upstream connect error', 'RETRY transient partition'],
  [504, '', 'RETRY transient partition'],
  [524, 'error code: 524', 'RETRY transient partition'],
])('%d %j is %s', (status, body, expected) => {
  expect(judgeSaying(status, body)).toBe(expected);
});

const errorOf = (status: number, body: JsonValue) => {
  const verdict = judge(answer(status, body), question);
  if (verdict.action === 'SUCCESS') throw new Error('There is no error.');
  return verdict.error;
};

test('a missing scope is named, and what to do about it', () => {
  const { message } = errorOf(401, says('The token is not authorized for this scope.'));
  expect(message).toMatch(/scope contacts\.readonly is missing.*add the scope.*regenerate the token/);
});

test('a bug of ours is told in the words of HighLevel, shortened', () => {
  expect(errorOf(422, { message: ['a is wrong', 'b is wrong'] }).message).toContain(
    '"a is wrong; b is wrong"',
  );
  expect(errorOf(422, says('x'.repeat(5000))).message.length).toBeLessThan(500);
});

test('a web page is not quoted', () => {
  expect(errorOf(502, '<html><body>Bad gateway</body></html>').message).not.toContain('html');
});

test('a maintainer finds method, path, status and traceId, and no query', () => {
  expect(errorOf(422, says('x'))).toMatchObject({
    status: 422,
    internalMessage: 'POST /contacts/search → 422, traceId t-1',
  });
  expect(errorOf(500, null).internalMessage).toBe('POST /contacts/search → 500, traceId none');
});
