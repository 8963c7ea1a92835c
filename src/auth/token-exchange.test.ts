import { expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import { answer, type Scripted } from '../http/doubles/scripted-client.ts';
import { createScriptedChain, expired, nextTokens } from './doubles/scripted-chain.ts';

const GRACE_MS = 30_000;
const BROKER = 'https://broker.test/token';
const spent = answer(400, { error: 'invalid_grant' });
const partial = answer(200, { access_token: 'access-2', expires_in: 86_399, userType: 'Company' });

test.each([
  ['empty', answer(200, '')],
  ['no object', answer(200, [])],
  ['without an access token', answer(200, { refresh_token: 'refresh-2' })],
  ['without its refresh token', partial],
  ['a page of the edge', answer(200, '<html>busy</html>')],
  ['a status of the edge', answer(502, '<html>bad gateway</html>')],
  ['a request that was too many', answer(429, { message: 'Too Many Requests' })],
  ['cut', transientError('HighLevel sent an answer that breaks off or is not JSON.')],
])('an answer that is %s may hide a rotation, and is asked for again within the grace', async (_, broken) => {
  const { chain, client, events, runtime } = createScriptedChain({
    script: (__, count) => (count < 3 ? broken : nextTokens(1)),
    initial: expired,
  });
  expect(await chain.token()).toBe('access-2');
  expect(events.at(-1)).toBe('kept access-2 refresh-2');
  expect(client.sent.map(({ body }) => body)).toMatchObject(
    Array.from({ length: 3 }, () => ({ value: { refresh_token: 'refresh-1' } })),
  );
  expect(runtime.now()).toBeLessThan(GRACE_MS);
});

test.each<[string, readonly Scripted[]]>([
  ['never comes', [partial]],
  ['cannot be had again', [partial, spent]],
  ['is lost with the connection', [partial, transientError('HighLevel could not be reached.')]],
])('an access token whose refresh token %s is used, with a warning', async (_, script) => {
  const { chain, events, log, runtime } = createScriptedChain({ script, initial: expired });
  expect(await chain.token()).toBe('access-2');
  expect(events.at(-1)).toBe('kept access-2 refresh-1');
  expect(log.lines).toContainEqual(expect.stringMatching(/^warn: .*gave no new refresh token/));
  expect(runtime.now()).toBeLessThanOrEqual(GRACE_MS);
});

test('a broker that gives no refresh token has said all there is', async () => {
  const { chain, client, log } = createScriptedChain({
    script: [partial],
    initial: expired,
    tokenUrl: BROKER,
  });
  expect(await chain.token()).toBe('access-2');
  expect(client.sent).toHaveLength(1);
  expect(log.lines).toEqual([expect.stringMatching(/^info: /)]);
});

test('a broker that is down for good fails for now, and within the grace', async () => {
  const { chain, runtime } = createScriptedChain({
    script: [answer(503)],
    initial: expired,
    tokenUrl: BROKER,
  });
  await expect(chain.token()).rejects.toMatchObject({ failureType: 'transient_error', reach: 'sync' });
  expect(runtime.now()).toBeLessThanOrEqual(GRACE_MS);
});

test('a broker that answers slowly gets a second attempt within the grace', async () => {
  const { chain, client, runtime } = createScriptedChain({
    script: async (request, count) => {
      if (count > 1) return nextTokens(1);
      await runtime.sleep(request.timeoutMs ?? Infinity);
      return transientError('broker.test did not answer within 14 s.');
    },
    initial: expired,
    tokenUrl: BROKER,
  });
  expect(await chain.token()).toBe('access-2');
  expect(client.sent).toHaveLength(2);
  expect(runtime.now()).toBeLessThan(GRACE_MS);
});
