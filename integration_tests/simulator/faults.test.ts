import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import axios from 'axios';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import type { FaultAnswer } from './faults.ts';
import { type Served, serve } from './serve.ts';
import { createSimulator, type Simulator } from './simulator.ts';
import { createTestClient, firstLocation } from './test-client.ts';

const open = () => {
  const simulator = createSimulator({ contactsPerLocation: 20, sleep: async () => Promise.resolve() });
  const locationId = firstLocation(simulator);
  const client = createTestClient(simulator, simulator.locationToken(locationId));
  return {
    ...simulator,
    locationId,
    ask: () => client.post('/contacts/search', { locationId, pageLimit: 20 }),
  };
};

const ended: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

const listen = async (simulator: Simulator): Promise<Served> => {
  const served = await serve(simulator);
  ended.push(served.close);
  return served;
};

interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

const askOverSocket = async (simulator: Simulator, url: string, extra: Record<string, string> = {}) => {
  const locationId = firstLocation(simulator);
  const headers = {
    'user-agent': 'simulator-tests/1.0',
    version: '2021-07-28',
    authorization: `Bearer ${simulator.locationToken(locationId)}`,
    'content-type': 'application/json',
    ...extra,
  };
  return new Promise<RawReply>((resolve, reject) => {
    const sent = httpRequest(
      `${url}/contacts/search`,
      { method: 'POST', headers, agent: false },
      (message) => {
        const pieces: Buffer[] = [];
        message.on('data', (piece: Buffer) => pieces.push(piece));
        message.on('error', reject);
        message.on('end', () => {
          resolve({
            status: message.statusCode ?? 0,
            headers: message.headers,
            bytes: Buffer.concat(pieces),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ locationId, pageLimit: 20 }));
  });
};

test('a fault strikes the requests it is meant for, and can be taken away', async () => {
  const { ask, faults, calls } = open();
  const remove = faults.add({
    matches: ({ path }) => path === '/contacts/search',
    nth: (count) => count % 2 === 0,
    answer: { kind: 'html', status: 502 },
  });
  const replies = [await ask(), await ask(), await ask(), await ask()];
  expect(replies.map(({ status }) => status)).toEqual([200, 502, 200, 502]);
  expect(replies[1]).toMatchObject({
    text: expect.stringContaining('<html>'),
    headers: { 'content-type': 'text/html' },
  });
  expect(calls.map(({ status }) => status)).toEqual([200, 502, 200, 502]);
  remove();
  expect((await ask()).status).toBe(200);
});

test.each<[FaultAnswer, number, string]>([
  [{ kind: 'rate_limited', retryAfterS: 3 }, 429, 'Too Many Requests'],
  [{ kind: 'status', status: 503, message: 'upstream connect error' }, 503, 'upstream connect error'],
  [{ kind: 'slow', delayMs: 5 }, 200, '"total":20'],
  [{ kind: 'slow', delayMs: 5, part: 'body' }, 200, '"total":20'],
  [{ kind: 'response', response: () => new Response('anything', { status: 418 }) }, 418, 'anything'],
])('%j answers with %d in process', async (answer, status, text) => {
  const { ask, faults } = open();
  faults.add({ answer });
  const reply = await ask();
  expect(reply.status).toBe(status);
  expect(reply.text).toContain(text);
});

test('malformed JSON ends properly and cannot be parsed; a cut body does not end', async () => {
  const { ask, faults } = open();
  faults.add({ nth: 1, answer: { kind: 'malformed' } });
  faults.add({ nth: 2, answer: { kind: 'cut', afterBytes: 100 } });
  const { status, text } = await ask();
  expect(status).toBe(200);
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  await expect(ask()).rejects.toThrow('The connection was cut.');
});

test('over a socket a reset and a cut body end the connection', async () => {
  const simulator = createSimulator({ contactsPerLocation: 20 });
  const { url } = await listen(simulator);
  simulator.faults.add({ nth: 1, answer: { kind: 'reset' } });
  simulator.faults.add({ nth: 2, answer: { kind: 'cut', afterBytes: 100 } });
  await expect(askOverSocket(simulator, url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(askOverSocket(simulator, url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect((await askOverSocket(simulator, url)).status).toBe(200);
});

test('over a socket a slow body comes in two halves', async () => {
  const simulator = createSimulator({ contactsPerLocation: 20 });
  const { url } = await listen(simulator);
  simulator.faults.add({ answer: { kind: 'slow', delayMs: 20, part: 'body' } });
  const { bytes } = await askOverSocket(simulator, url);
  expect(bytes.toString()).toContain('"total":20');
});

test('answers are compressed for whoever can read that, and the same page again is the same', async () => {
  const simulator = createSimulator({ contactsPerLocation: 20 });
  const { url } = await listen(simulator);
  const plain = await askOverSocket(simulator, url);
  const replies = [1, 2].map(() => askOverSocket(simulator, url, { 'accept-encoding': 'gzip, br' }));
  const withoutTrace = (text: string): string => text.replace(/"traceId":"[^"]*"/, '');
  for (const { headers, bytes } of await Promise.all(replies)) {
    expect(headers['content-encoding']).toBe('gzip');
    expect(withoutTrace(gunzipSync(bytes).toString())).toBe(withoutTrace(plain.bytes.toString()));
  }
});

test('msw mounts it in process: axios reads through it, and meets its faults', async () => {
  const simulator = createSimulator({ contactsPerLocation: 20 });
  const locationId = firstLocation(simulator);
  const server = setupServer(
    http.all('https://services.leadconnectorhq.com/*', ({ request }) => simulator.handle(request)),
  );
  server.listen({ onUnhandledRequest: 'error' });
  ended.push(() => {
    server.close();
  });
  const ask = () =>
    axios.post<string>(
      'https://services.leadconnectorhq.com/contacts/search',
      { locationId, pageLimit: 20 },
      {
        responseType: 'text',
        headers: {
          'User-Agent': 'simulator-tests/1.0',
          Version: '2021-07-28',
          Authorization: `Bearer ${simulator.locationToken(locationId)}`,
        },
      },
    );
  expect((await ask()).headers['date']).toEqual(expect.any(String));
  simulator.faults.add({ nth: 1, answer: { kind: 'reset' } });
  simulator.faults.add({ nth: 2, answer: { kind: 'cut', afterBytes: 100 } });
  await expect(ask()).rejects.toThrow();
  await expect(ask()).rejects.toThrow();
  expect((await ask()).status).toBe(200);
});
