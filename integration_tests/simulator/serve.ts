import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { ConfigKind } from './connector-config.ts';
import { comesInPieces, keptStartOf } from './fault-response.ts';
import type { ConfigOverrides } from './options.ts';
import type { KeptBytes } from './page-cache.ts';
import type { Simulator } from './simulator.ts';

export interface Served {
  /** `http://host:port`, without a slash at the end. */
  readonly url: string;
  /** The simulator's config with this address. */
  readonly connectorConfig: (kind: ConfigKind, overrides?: ConfigOverrides) => JsonObject;
  /** Ends open connections, too. */
  readonly close: () => Promise<void>;
}

export interface ServeOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
}

/** Clients that keep connections are not to meet one that the server is just closing. */
const KEEP_ALIVE_MS = 65_000;
const SMALLEST_GZIPPED_BYTES = 1_024;
const compress = promisify(gzip);

const headersOf = ({ headers }: IncomingMessage): Headers =>
  new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]));

const toRequest = async (message: IncomingMessage): Promise<Request> => {
  const method = message.method ?? 'GET';
  const headers = headersOf(message);
  const url = new URL(message.url ?? '/', `http://${message.headers.host ?? 'localhost'}`);
  const init = { method, headers };
  if (method === 'GET' || method === 'HEAD') return new Request(url, init);
  return new Request(url, { ...init, body: await text(message) });
};

const gzipped = async (bytes: Uint8Array): Promise<Uint8Array> =>
  compress(bytes, { level: constants.Z_BEST_SPEED });

/** Gzip streams may follow each other, so a kept start is compressed once and the rest behind it each time. */
const compressed = async (body: Uint8Array, start: KeptBytes | undefined): Promise<Uint8Array> => {
  if (start === undefined) return gzipped(body);
  start.gzipped ??= gzipped(start.bytes);
  return Buffer.concat([await start.gzipped, await gzipped(body.subarray(start.bytes.length))]);
};

/** A response of one piece goes out whole, compressed if the client can read that. */
const sendWhole = async (
  response: Response,
  message: IncomingMessage,
  reply: ServerResponse,
): Promise<void> => {
  const body = new Uint8Array(await response.arrayBuffer());
  const readsGzip = /\bgzip\b/.test(message.headers['accept-encoding'] ?? '');
  const isWorthIt = readsGzip && body.length >= SMALLEST_GZIPPED_BYTES;
  const sent = isWorthIt ? await compressed(body, keptStartOf(response)) : body;
  const encoding: Record<string, string> = isWorthIt ? { 'content-encoding': 'gzip' } : {};
  const headers = { ...Object.fromEntries(response.headers), ...encoding };
  reply.writeHead(response.status, { ...headers, 'content-length': sent.length });
  reply.end(sent);
};

/** A response that comes in pieces goes out as it comes, and breaks off where it breaks off. */
const sendPieces = async (pieces: ReadableStream<Uint8Array>, response: Response, reply: ServerResponse) => {
  reply.writeHead(response.status, Object.fromEntries(response.headers));
  try {
    for await (const piece of pieces) await new Promise((resolve) => reply.write(piece, resolve));
    reply.end();
  } catch {
    reply.socket?.resetAndDestroy();
  }
};

const answer = async (
  simulator: Simulator,
  message: IncomingMessage,
  reply: ServerResponse,
): Promise<void> => {
  const response = await simulator.handle(await toRequest(message));
  if (response.type === 'error') {
    reply.socket?.resetAndDestroy();
    return;
  }
  if (comesInPieces(response) && response.body !== null) await sendPieces(response.body, response, reply);
  else await sendWhole(response, message, reply);
};

/** Serves the simulator over a socket. */
export const serve = async (simulator: Simulator, options: ServeOptions = {}): Promise<Served> => {
  const { port = 0, host = '127.0.0.1' } = options;
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, reply) => {
    answer(simulator, message, reply).catch((error: unknown) => {
      // A defect of the simulator must not look like weather.
      reply.writeHead(599, { 'content-type': 'text/plain' });
      reply.end(error instanceof Error ? error.stack : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const url = `http://${host}:${bound}`;
  return {
    url,
    connectorConfig: (kind, overrides) => simulator.connectorConfig(kind, { api_url: url, ...overrides }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
