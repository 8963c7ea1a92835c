import { createServer, type RequestListener, type Server } from 'node:http';
import { errorCode } from '../foundation/error-code.ts';
import type { ListenForRedirect } from './login-machine.ts';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // The address has the code in it.
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  connection: 'close',
};

const listen = async (onRequest: RequestListener, host: string, port: number): Promise<Server> => {
  const server = createServer(onRequest);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
};

const close = async (server: Server): Promise<void> => {
  const closed = new Promise((resolve) => server.close(resolve));
  // A page that is on its way is let out; connections that browsers keep in store are not waited for.
  server.closeIdleConnections();
  await closed;
};

/** A machine without IPv6 does without it. */
const isNoSuchAddress = (thrown: unknown): boolean =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(errorCode(thrown) ?? '');

/** Listens on this machine only. */
export const httpRedirectListener: ListenForRedirect = async ({ hosts, port, path }, answer) => {
  const onRequest: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method !== 'GET' || url.pathname !== path) {
      response.writeHead(404, HEADERS).end();
      return;
    }
    const { status, html } = answer(url.searchParams);
    response.writeHead(status, HEADERS).end(html);
  };
  const [first, ...others] = hosts;
  const servers = [await listen(onRequest, first, port)];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map(close));
  };
  for (const host of others) {
    try {
      servers.push(await listen(onRequest, host, port));
    } catch (thrown) {
      if (isNoSuchAddress(thrown)) continue;
      await closeAll();
      throw thrown;
    }
  }
  return { close: closeAll };
};
