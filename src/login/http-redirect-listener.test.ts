import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from '@jest/globals';
import { httpRedirectListener } from './http-redirect-listener.ts';

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no port.');
  return (address satisfies AddressInfo).port;
};

const visit = async (url: string): Promise<{ readonly message: IncomingMessage; readonly body: string }> => {
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, resolve).once('error', reject);
  });
  return { message, body: await text(message) };
};

const listenOnce = async () => {
  const port = await freePort();
  const queries: string[] = [];
  const listener = await httpRedirectListener({ hosts: ['127.0.0.1'], port, path: '/back' }, (query) => {
    queries.push(query.toString());
    return { status: 200, html: '<p>thanks</p>' };
  });
  return { port, queries, listener, url: `http://127.0.0.1:${port}` };
};

test('the browser that comes back gets the page, and nobody is told where from', async () => {
  const { url, queries, listener } = await listenOnce();
  const { message, body } = await visit(`${url}/back?code=abc&state=s`);
  await listener.close();
  expect(body).toBe('<p>thanks</p>');
  expect(message.headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  expect(queries).toEqual(['code=abc&state=s']);
});

test('other paths are not answered', async () => {
  const { url, queries, listener } = await listenOnce();
  const { message } = await visit(`${url}/favicon.ico?code=abc`);
  await listener.close();
  expect(message.statusCode).toBe(404);
  expect(queries).toEqual([]);
});

test('after it has been closed the port is free', async () => {
  const { port, listener } = await listenOnce();
  await listener.close();
  const again = await httpRedirectListener({ hosts: ['127.0.0.1'], port, path: '/' }, () => ({
    status: 200,
    html: '',
  }));
  await again.close();
  expect(again).toBeDefined();
});

test('a port in use is told with its code, and no other host is left listening', async () => {
  const { port, listener } = await listenOnce();
  const both = httpRedirectListener({ hosts: ['127.0.0.1', '::1'], port, path: '/' }, () => ({
    status: 200,
    html: '',
  }));
  await expect(both).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await listener.close();
});
