import { expect, test } from '@jest/globals';
import { answerText } from './answer-text.ts';

test.each([
  [{ statusCode: 401, message: 'Invalid JWT' }, 'Invalid JWT'],
  [{ message: ['a must be b', 'c should not exist', 5] }, 'a must be b; c should not exist'],
  [{ error: { code: 'RESOURCE_NOT_FOUND', message: 'no such thing' } }, 'no such thing'],
  [
    { error: 'UnAuthorized!', error_description: 'Invalid client credentials!' },
    'Invalid client credentials!',
  ],
  [{ error: 'invalid_grant' }, 'invalid_grant'],
  ['  error code: 1010\n', 'error code: 1010'],
  [{ message: '' }, ''],
  [{ error: {} }, ''],
  [{}, ''],
  [null, ''],
  [[1], ''],
])('of %j is %p', (body, expected) => {
  expect(answerText(body)).toBe(expected);
});
