import { createServer as createHttpServer } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach } from '@jest/globals';
import { LOOPBACK_CERTIFICATE } from './loopback-certificate.ts';

/** Something on loopback that stands between the connector and HighLevel, or in HighLevel's place. */
export interface Station {
  readonly url: string;
  /** Everything that was sent to it, as bytes on the wire. */
  readonly heard: () => string;
}

const servers: Server[] = [];
const sockets = new Set<Socket>();

afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const listen = async (server: Server, scheme: string): Promise<string> => {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `${scheme}://127.0.0.1:${String(port)}`;
};

const join = (one: Socket, other: Socket): void => {
  sockets.add(other);
  one.pipe(other).pipe(one);
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const)
    socket.on('error', () => peer.destroy());
};

const connectTo = (url: URL): Socket => connect(Number(url.port), url.hostname);

/** The same service behind TLS, with a certificate that nobody trusts unless told to. */
export const startTlsFront = async (url: string): Promise<Station> => {
  let heard = '';
  const server = createTlsServer(LOOPBACK_CERTIFICATE, (socket) => {
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    join(socket, connectTo(new URL(url)));
  });
  // By name: Node.js complains of proxies that are asked for a TLS connection to a number.
  return { url: (await listen(server, 'https')).replace('127.0.0.1', 'localhost'), heard: () => heard };
};

/** A proxy as companies have them: tunnels what asks for a tunnel, and passes on the rest. */
export const startProxy = async (): Promise<Station> => {
  let heard = '';
  const server = createTcpServer((socket) => {
    socket.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    socket.once('data', (bytes: Buffer) => {
      const [method = '', target = ''] = bytes.toString('latin1').split(' ');
      const isTunnel = method === 'CONNECT';
      const upstream = connectTo(new URL(isTunnel ? `tcp://${target}` : target));
      if (isTunnel) socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      else upstream.write(bytes);
      join(socket, upstream);
    });
    socket.on('error', () => socket.destroy());
  });
  return { url: await listen(server, 'http'), heard: () => heard };
};

/** Somebody else's service, which would take whatever it is sent. */
export const startStranger = async (): Promise<Station> => {
  let heard = '';
  const server = createHttpServer((request, response) => {
    heard += `${request.method ?? ''} ${request.url ?? ''} ${request.rawHeaders.join(' ')}`;
    request.on('data', (bytes: Buffer) => (heard += bytes.toString('latin1')));
    request.on('end', () => response.setHeader('content-type', 'application/json').end('{}'));
  });
  return { url: await listen(server, 'http'), heard: () => heard };
};
