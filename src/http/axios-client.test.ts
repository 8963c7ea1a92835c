import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import type { HttpRequest } from './client.ts';
import { createTestServers } from './doubles/test-servers.ts';

const { serve, clientOf, clientFor, close } = createTestServers();
afterEach(close);

const GET: HttpRequest = { method: 'GET', path: '/things', headers: { authorization: 'Bearer t0p-secret' } };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

test('sends method, path, query, headers and body, and a name of its own', async () => {
  let seen: unknown;
  const client = await clientFor((request, response) => {
    const { method, url, headers } = request;
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen = { method, url, headers, body };
      response.end('{}');
    });
  });
  const body = { kind: 'json', value: { pageLimit: 5 } } as const;
  await client.send({ ...GET, method: 'POST', query: { a: 1, b: undefined }, body });
  expect(seen).toMatchObject({
    method: 'POST',
    url: '/things?a=1',
    body: '{"pageLimit":5}',
    headers: {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      authorization: 'Bearer t0p-secret',
      'content-type': 'application/json',
      'user-agent': 'source-test/1.0',
    },
  });
});

test('a form is sent as a form', async () => {
  let seen = '';
  const client = await clientFor((request, response) => {
    seen = String(request.headers['content-type']);
    request.on('data', (chunk: Buffer) => (seen += ` ${chunk.toString()}`));
    request.on('end', () => response.end('{}'));
  });
  await client.send({ ...GET, method: 'POST', body: { kind: 'form', value: { a: 'b c' } } });
  expect(seen).toBe('application/x-www-form-urlencoded a=b+c');
});

test('reads JSON, compressed too, and the names of headers in lower case', async () => {
  const client = await clientFor((_, response) => {
    response.writeHead(201, { ...JSON_TYPE, 'Content-Encoding': 'gzip', 'X-RateLimit-Max': '100' });
    response.end(gzipSync('{"name":"é"}'));
  });
  expect(await client.send(GET)).toMatchObject({
    status: 201,
    body: { name: 'é' },
    sizeBytes: 13,
    headers: { 'x-ratelimit-max': '100' },
  });
});

test.each([
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
])('reads what a server compresses with %s though it was not asked to', async (encoding, compress) => {
  const client = await clientFor((_, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': encoding }).end(compress('{"name":"é"}'));
  });
  expect((await client.send(GET)).body).toEqual({ name: 'é' });
});

test('a refusal without a body that calls itself compressed is a refusal', async () => {
  const client = await clientFor((_, response) => {
    response.writeHead(401, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end();
  });
  expect(await client.send(GET)).toMatchObject({ status: 401, body: '' });
});

test.each([
  [403, 'text/plain', 'error code: 1010'],
  [502, 'application/json', '<html>'],
  [200, 'text/html', '<html>'],
  [204, 'application/json', ''],
])('an answer of %d with %s that is not JSON stays a text', async (status, type, text) => {
  const client = await clientFor((_, response) => {
    response.writeHead(status, { 'content-type': type }).end(text);
  });
  expect(await client.send(GET)).toMatchObject({ status, body: text });
});

test('a redirect is an answer and is not followed', async () => {
  const paths: (string | undefined)[] = [];
  const client = await clientFor((request, response) => {
    paths.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect(await client.send(GET)).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
  expect(paths).toEqual(['/things']);
});

test('an absolute address goes there', async () => {
  const broker = await serve((_, response) => response.end('{"broker":true}'));
  const client = clientOf('http://127.0.0.1:9');
  expect((await client.send({ ...GET, path: `${broker}/token?key=1` })).body).toEqual({ broker: true });
});

test('connections are kept', async () => {
  const ports = new Set<number | undefined>();
  const client = await clientFor((request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  });
  for (let count = 0; count < 5; count += 1) await client.send(GET);
  expect(ports.size).toBe(1);
});

test('an answer that is too large is refused, compressed or not', async () => {
  const client = await clientFor((request, response) => {
    const text = JSON.stringify('x'.repeat(20_000));
    const isPlain = request.url === '/plain';
    response.writeHead(200, { ...JSON_TYPE, ...(!isPlain && { 'content-encoding': 'gzip' }) });
    response.end(isPlain ? text : gzipSync(text));
  });
  const expected = { failureType: 'system_error', message: expect.stringContaining('larger than') };
  await expect(client.send({ ...GET, path: '/plain' })).rejects.toMatchObject(expected);
  await expect(client.send(GET)).rejects.toMatchObject(expected);
});

test.each([
  ['breaks off with a declared length', { ...JSON_TYPE, 'content-length': '100' }, '{"a":[1,'],
  ['breaks off in chunks', JSON_TYPE, '{"a":[1,'],
  ['breaks off without a type', { 'content-length': '100' }, '{"a":[1,'],
])('an answer that %s may be asked for again', async (_, headers, text) => {
  const client = await clientFor((request, response) => {
    response.writeHead(200, headers);
    response.write(text, () => request.socket.destroy());
  });
  await expect(client.send(GET)).rejects.toMatchObject({ failureType: 'transient_error' });
});

test.each([
  ['is no JSON although it says so', '{"a":[1,', {}],
  ['is empty', '', {}],
  [
    'is compressed and breaks off',
    gzipSync(`{"a":"${'bcd'.repeat(100)}"}`).subarray(0, 20),
    { 'content-encoding': 'gzip' },
  ],
])('a success that %s may be asked for again', async (_, body, headers) => {
  const client = await clientFor((__, response) => {
    response.writeHead(200, { ...JSON_TYPE, ...headers }).end(body);
  });
  await expect(client.send(GET)).rejects.toMatchObject({ failureType: 'transient_error' });
});

test.each([
  ['does not come', () => undefined],
  ['begins and stalls', (response: ServerResponse) => response.writeHead(200, JSON_TYPE).write('{"a":')],
  [
    'comes drop by drop',
    (response: ServerResponse) => {
      const drip = setInterval(() => response.write(' '), 10);
      response.on('close', () => {
        clearInterval(drip);
      });
    },
  ],
])('an answer that %s ends with the time limit', async (_, answer) => {
  const client = await clientFor((__, response) => {
    answer(response);
  });
  await expect(client.send({ ...GET, timeoutMs: 100 })).rejects.toMatchObject({
    failureType: 'transient_error',
    message: 'HighLevel did not answer within 0.1 s.',
    internalMessage: 'GET /things: timeout',
  });
});

test('a server that is not there may be there later, and no secret is told', async () => {
  const error: unknown = await clientOf('http://127.0.0.1:9')
    .send(GET)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    failureType: 'transient_error',
    message:
      'HighLevel could not be reached (ECONNREFUSED). Check the network, a proxy in between, and the API URL (api_url) if one is set.',
    internalMessage: expect.stringContaining('GET /things: ECONNREFUSED'),
    cause: undefined,
  });
  expect(JSON.stringify(error)).not.toContain('t0p-secret');
});

test('an address that cannot be one is a mistake in the settings', async () => {
  await expect(clientOf('http://').send(GET)).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
  });
  await expect(clientOf('ftp://x').send(GET)).rejects.toMatchObject({
    failureType: 'config_error',
    reach: 'sync',
  });
});

test.each([['before it is sent'], ['while it waits']])(
  "the caller's abort %s is thrown as it is",
  async (when) => {
    const controller = new AbortController();
    const reason = new Error('stop');
    const client = await clientFor(() => {
      controller.abort(reason);
    });
    if (when === 'before it is sent') controller.abort(reason);
    await expect(client.send(GET, controller.signal)).rejects.toBe(reason);
  },
);
