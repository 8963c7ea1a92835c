import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from '@jest/globals';
import type { HttpRequest } from './client.ts';
import { createTestServers } from './doubles/test-servers.ts';

const { clientFor, close } = createTestServers();
afterEach(close);

const GET: HttpRequest = { method: 'GET', path: '/things', headers: {} };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

test('a success is measured as it comes, by what it is without compression', async () => {
  const text = JSON.stringify('x'.repeat(9_000));
  const client = await clientFor((_, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync(text));
  });
  const asked: number[] = [];
  const admits = (bytes: number): boolean => asked.push(bytes) > 0;
  const response = await client.send({ ...GET, admits });
  expect(response).toMatchObject({ status: 200, sizeBytes: text.length });
  expect(JSON.stringify(response.body)).toBe(text);
  expect(response.isBrokenOff).toBeUndefined();
  expect(asked.at(-1)).toBe(text.length);
});

test('a success that is not admitted is broken off, without waiting for the rest', async () => {
  let closed: Promise<unknown> | undefined;
  const client = await clientFor((_, response) => {
    closed = once(response, 'close');
    response.writeHead(200, { ...JSON_TYPE, 'x-ratelimit-max': '100' }).write('{"a":[1,');
  });
  expect(await client.send({ ...GET, admits: (bytes) => bytes < 8 })).toMatchObject({
    status: 200,
    headers: { 'x-ratelimit-max': '100' },
    body: null,
    sizeBytes: 8,
    isBrokenOff: true,
  });
  // The connection too.
  await closed;
});

test('the headers are told before the body is there', async () => {
  let end = (): void => undefined;
  const client = await clientFor((_, response) => {
    end = () => void response.end('1}');
    response.writeHead(200, { ...JSON_TYPE, 'X-RateLimit-Max': '100' }).write('{"a":');
  });
  const told: unknown[] = [];
  const onHead = (headers: Readonly<Record<string, string>>): void => {
    told.push(headers['x-ratelimit-max']);
    end();
  };
  expect(await client.send({ ...GET, onHead })).toMatchObject({ body: { a: 1 } });
  expect(told).toEqual(['100']);
});

test('a failure is read, whether there is room for it or not', async () => {
  const client = await clientFor((_, response) => {
    response.writeHead(422, JSON_TYPE).end('{"message":"no"}');
  });
  expect(await client.send({ ...GET, admits: () => false })).toMatchObject({ body: { message: 'no' } });
});
