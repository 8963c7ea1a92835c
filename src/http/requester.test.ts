import { expect, jest, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import type { Authenticator } from './authenticator.ts';
import type { HttpRequest } from './client.ts';
import { answer, type ScriptedClient } from './doubles/scripted-client.ts';
import { createScriptedRequester } from './doubles/scripted-requester.ts';
import type { RequestContext } from './requester.ts';

const GET: HttpRequest = { method: 'GET', path: '/things', headers: { version: '2021-07-28' } };
const context: RequestContext = { purpose: 'things of location L1', bucket: 'L1' };

/** Hands out token-1, and after each renewal the next; `renewals` at most. */
const tokens = (renewals: number) => {
  let count = 1;
  const renew = jest.fn((rejected: string) => {
    if (rejected !== `token-${String(count)}`) return Promise.resolve(true);
    if (count > renewals) return Promise.resolve(false);
    count += 1;
    return Promise.resolve(true);
  });
  const authenticator: Authenticator = { token: () => Promise.resolve(`token-${String(count)}`), renew };
  return { authenticator, renew };
};
const unauthorised = answer(401, { message: 'Invalid JWT' });
const sentTokens = ({ sent }: ScriptedClient) => sent.map(({ headers }) => headers['authorization']);

test('sends the token and leaves the other headers alone', async () => {
  const { client, requester } = createScriptedRequester([answer(201, { ok: true })]);
  const response = await requester.request(GET, { ...context, authenticator: tokens(0).authenticator });
  expect(response.body).toEqual({ ok: true });
  expect(client.sent[0]?.headers).toEqual({ version: '2021-07-28', authorization: 'Bearer token-1' });
});

test('without an authenticator no token is sent', async () => {
  const { client, requester } = createScriptedRequester([answer(200)]);
  await requester.request(GET, { purpose: 'x' });
  expect(client.sent[0]?.headers).toEqual({ version: '2021-07-28' });
});

test('a refused token is renewed once and the request sent again', async () => {
  const { client, requester } = createScriptedRequester([unauthorised, answer(200)]);
  await requester.request(GET, { ...context, authenticator: tokens(1).authenticator });
  expect(sentTokens(client)).toEqual(['Bearer token-1', 'Bearer token-2']);
});

test('a token refused again after its renewal ends the request', async () => {
  const { client, requester } = createScriptedRequester([unauthorised]);
  const { authenticator, renew } = tokens(5);
  await expect(requester.request(GET, { ...context, authenticator })).rejects.toMatchObject({
    failureType: 'config_error',
    status: 401,
  });
  expect(client.sent).toHaveLength(2);
  expect(renew).toHaveBeenCalledTimes(1);
});

test('a token that cannot be renewed ends the request', async () => {
  const { client, requester } = createScriptedRequester([unauthorised]);
  const { authenticator } = tokens(0);
  await expect(requester.request(GET, { ...context, authenticator })).rejects.toMatchObject({
    access: 'refused',
  });
  expect(client.sent).toHaveLength(1);
});

test('a missing scope is not answered with a renewal', async () => {
  const refused = answer(401, { message: 'The token is not authorized for this scope.' });
  const { client, requester } = createScriptedRequester([refused]);
  const { authenticator, renew } = tokens(5);
  await expect(
    requester.request(GET, { ...context, authenticator, scope: 'things.readonly' }),
  ).rejects.toMatchObject({ reach: 'stream', message: expect.stringContaining('things.readonly') });
  expect(client.sent).toHaveLength(1);
  expect(renew).not.toHaveBeenCalled();
});

test('an answer that the caller reads itself is returned as it is', async () => {
  const { requester } = createScriptedRequester([answer(400, { error: 'invalid_grant' })]);
  const response = await requester.request(GET, { ...context, accepts: ({ status }) => status === 400 });
  expect(response).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('failures that may pass are tried again, ever later', async () => {
  const reset = transientError('HighLevel could not be reached (ECONNRESET).');
  const { client, runtime, requester, log } = createScriptedRequester([
    reset,
    answer(503),
    answer(408),
    answer(200),
  ]);
  await expect(requester.request(GET, context)).resolves.toMatchObject({ status: 200 });
  expect(client.sent).toHaveLength(4);
  expect(runtime.sleeps).toEqual([250, 500, 1000]);
  expect(log.lines.map((line) => line.split(':')[0])).toEqual(['debug', 'debug', 'debug']);
});

test('attempts are bounded, and the error says how many there were and for what', async () => {
  const { client, requester } = createScriptedRequester([answer(503)]);
  await expect(requester.request(GET, context)).rejects.toMatchObject({
    failureType: 'transient_error',
    status: 503,
    message: expect.stringMatching(/answered 503.*things of location L1.*Given up after 6 attempts\./),
  });
  expect(client.sent).toHaveLength(6);
});

test('a request may have fewer attempts', async () => {
  const { client, requester } = createScriptedRequester([transientError('gone')]);
  await expect(requester.request(GET, { ...context, maxAttempts: 1 })).rejects.toThrow('after 1 attempt.');
  expect(client.sent).toHaveLength(1);
});

test('time is bounded too, that of slow answers included', async () => {
  const { client, runtime, requester } = createScriptedRequester(
    async () => {
      await runtime.sleep(60_000);
      return answer(500);
    },
    { maxTotalMs: 100_000 },
  );
  await expect(requester.request(GET, context)).rejects.toThrow(/after 2 attempts: .* 100\.0 s/);
  expect(client.sent).toHaveLength(2);
});

test('a failure that is no passing one is not tried again', async () => {
  const { client, requester } = createScriptedRequester([new TypeError('bug')]);
  await expect(requester.request(GET, context)).rejects.toThrow(TypeError);
  expect(client.sent).toHaveLength(1);
});

test('learns the server clock from answers of HighLevel, not of a broker', async () => {
  const headers = { date: 'Wed, 21 Oct 2026 07:28:00 GMT' };
  const { requester, serverClock } = createScriptedRequester([answer(200, {}, headers)]);
  await requester.request({ ...GET, path: 'https://broker.test/token' }, { purpose: 'tokens' });
  expect(serverClock.now()).toBeUndefined();
  await requester.request(GET, context);
  expect(serverClock.now()).toBe(Date.parse('Wed, 21 Oct 2026 07:28:00 GMT'));
});

test('an abort while waiting ends the request with its reason', async () => {
  const controller = new AbortController();
  const { client, requester } = createScriptedRequester((_, count) => {
    setImmediate(() => {
      controller.abort(new Error('stop'));
    });
    return answer(count === 1 ? 503 : 200);
  });
  await expect(requester.request(GET, { ...context, signal: controller.signal })).rejects.toThrow('stop');
  expect(client.sent).toHaveLength(1);
  await expect(requester.request(GET, { ...context, signal: controller.signal })).rejects.toThrow('stop');
  expect(client.sent).toHaveLength(1);
});

test('an abort while sending is not taken for a failure that may pass', async () => {
  const controller = new AbortController();
  const { client, requester } = createScriptedRequester(() => {
    controller.abort(new Error('stop'));
    return transientError('HighLevel could not be reached.');
  });
  await expect(requester.request(GET, { ...context, signal: controller.signal })).rejects.toThrow('stop');
  expect(client.sent).toHaveLength(1);
});

test('an authenticator that fails gives its slot back', async () => {
  const { requester, limiter, runtime } = createScriptedRequester([answer(200)]);
  const authenticator: Authenticator = {
    token: () => Promise.reject(new Error('no token')),
    renew: () => Promise.resolve(false),
  };
  await expect(requester.request(GET, { ...context, authenticator })).rejects.toThrow('no token');
  await Promise.all(Array.from({ length: 100 }, () => limiter.acquire('L1')));
  expect(runtime.now()).toBeLessThanOrEqual(10_001);
});

test('no token is logged', async () => {
  const { requester, log } = createScriptedRequester([answer(503), unauthorised, answer(429), answer(200)]);
  await requester.request(GET, { ...context, authenticator: tokens(1).authenticator });
  expect(log.lines.join('\n')).not.toContain('token-');
});

test.each([
  [
    'is refused at once',
    [answer(422, { message: 'no', traceId: 't-1' })],
    'GET /things → 422, traceId t-1, 1 attempt',
  ],
  ['fails again and again', [answer(503, '<html>')], 'GET /things → 503, traceId none, 6 attempts'],
  [
    'has no answer',
    [transientError('x', { internalMessage: 'GET /things: timeout' })],
    'GET /things: timeout, 6 attempts',
  ],
  [
    'has no quota left for the day',
    [answer(429, { traceId: 't-2' }, { 'x-ratelimit-daily-remaining': '0' })],
    'GET /things → 429, traceId t-2; daily quota of L1, 1 attempt',
  ],
])('a request that %s tells maintainers which it was and how often it was tried', async (_, script, line) => {
  const { requester } = createScriptedRequester(script);
  await expect(requester.request(GET, context)).rejects.toMatchObject({ internalMessage: line });
});

test('no more requests are under way at once than allowed, over all buckets', async () => {
  let open = 0;
  let most = 0;
  const script = async () => {
    open += 1;
    most = Math.max(most, open);
    await Promise.resolve();
    open -= 1;
    return answer(200);
  };
  const { client, requester } = createScriptedRequester(script, { mostAtOnce: 3 });
  const buckets = Array.from({ length: 10 }, (_, index) => `L${index}`);
  await Promise.all(buckets.map((bucket) => requester.request(GET, { purpose: 'things', bucket })));
  expect(client.sent).toHaveLength(10);
  expect(most).toBe(3);
});

test('a request that waits for its token keeps nobody from sending', async () => {
  const { client, requester } = createScriptedRequester([answer(200)], { mostAtOnce: 1 });
  const { authenticator } = tokens(0);
  const waiters: ((token: string) => void)[] = [];
  const token = (): Promise<string> =>
    new Promise((resolve) => {
      waiters.push(resolve);
    });
  const waiting = requester.request(GET, { ...context, authenticator: { ...authenticator, token } });
  await requester.request(GET, { purpose: 'other things', bucket: 'L2' });
  expect(client.sent).toHaveLength(1);
  waiters.forEach((give) => {
    give('token-1');
  });
  await waiting;
  expect(client.sent).toHaveLength(2);
});
