import { createServer, type RequestListener, type Server } from 'node:http';
import { createAxiosClient } from '../axios-client.ts';
import type { HttpClient } from '../client.ts';

/** For tests: servers on loopback, and clients of theirs that take answers of 10,000 bytes. */
export interface TestServers {
  /** @returns its address */
  readonly serve: (listener: RequestListener) => Promise<string>;
  readonly clientOf: (baseUrl: string) => HttpClient;
  readonly clientFor: (listener: RequestListener) => Promise<HttpClient>;
  /** To be called after each test. */
  readonly close: () => void;
}

export const createTestServers = (): TestServers => {
  const servers: Server[] = [];
  const serve = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${String(address.port)}`;
  };
  const clientOf = (baseUrl: string): HttpClient =>
    createAxiosClient({ baseUrl, timeoutMs: 5000, userAgent: 'source-test/1.0', maxAnswerBytes: 10_000 });
  return {
    serve,
    clientOf,
    clientFor: async (listener) => clientOf(await serve(listener)),
    close: () => {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
};
