import { afterEach } from '@jest/globals';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Call } from '../simulator/call.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import { type Served, serve } from '../simulator/serve.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { addSecretSource } from './known-secrets.ts';

/** Gives the body to send on in place of the given one; undefined leaves it alone. */
export type Rewrite = (body: JsonObject, url: URL) => JsonObject | undefined;

/** A served simulator, and what a scenario does to what passes between it and the connector. */
export interface HighLevel {
  readonly simulator: Simulator;
  readonly served: Served;
  /** The server's clock. */
  readonly now: () => number;
  readonly passTime: (milliseconds: number) => void;
  /** Whatever must never be printed. */
  readonly secrets: () => readonly string[];
  /** A server that understands something else than what was asked. */
  readonly rewriteRequests: (rewrite: Rewrite) => void;
  /** A server that answers something else than the simulator would. */
  readonly rewriteAnswers: (rewrite: Rewrite) => void;
  /** Another service under the same address. */
  readonly answerAt: (path: string, answer: (request: Request) => Promise<Response>) => void;
}

const started: Served[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((served) => served.close()));
});

const urlOf = (request: Request): URL => new URL(request.url);

const bodyOf = async (message: Request | Response): Promise<JsonObject | undefined> => {
  if (message.headers.get('content-type')?.includes('application/json') !== true) return undefined;
  try {
    const body: unknown = await message.clone().json();
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
};

const rewriteRequest = async (request: Request, rewrites: readonly Rewrite[]): Promise<Request> => {
  if (rewrites.length === 0 || request.method !== 'POST') return request;
  const body = await bodyOf(request);
  if (body === undefined) return request;
  const rewritten = rewrites.reduce((text, rewrite) => rewrite(text, urlOf(request)) ?? text, body);
  return new Request(request.url, {
    method: 'POST',
    headers: request.headers,
    body: JSON.stringify(rewritten),
  });
};

const rewriteAnswer = async (
  response: Response,
  url: URL,
  rewrites: readonly Rewrite[],
): Promise<Response> => {
  if (rewrites.length === 0 || response.type === 'error') return response;
  const body = await bodyOf(response);
  const rewritten = body && rewrites.reduce<JsonObject>((text, rewrite) => rewrite(text, url) ?? text, body);
  if (rewritten === body) return response;
  const { status, headers } = response;
  return new Response(JSON.stringify(rewritten), { status, headers });
};

/** Remembers every token that an answer gave away. */
const createTokenMemory = () => {
  const tokens = new Set<string>();
  return {
    tokens,
    observe: async (response: Response, path: string): Promise<void> => {
      if (!path.startsWith('/oauth/') || response.type === 'error') return;
      const body = (await bodyOf(response)) ?? {};
      for (const key of ['access_token', 'refresh_token']) {
        const token = textAt(body, key);
        if (token !== undefined) tokens.add(token);
      }
    },
  };
};

/** The address changes with the port, but the seed's world does not. */
export const startHighLevel = async (
  options: SimulatorOptions & { readonly clockOffsetMs?: number } = {},
): Promise<HighLevel> => {
  let offsetMs = options.clockOffsetMs ?? 0;
  const now = (): number => new Date().getTime() + offsetMs;
  const simulator = createSimulator({ now, contactsPerLocation: 6, ...options });
  const requestRewrites: Rewrite[] = [];
  const answerRewrites: Rewrite[] = [];
  const services = new Map<string, (request: Request) => Promise<Response>>();
  const memory = createTokenMemory();
  const handle = async (request: Request): Promise<Response> => {
    const url = urlOf(request);
    const service = services.get(url.pathname);
    const truth =
      service === undefined
        ? await simulator.handle(await rewriteRequest(request, requestRewrites))
        : await service(request);
    const response = await rewriteAnswer(truth, url, answerRewrites);
    await memory.observe(response, url.pathname);
    return response;
  };
  const served = await serve({ ...simulator, handle });
  started.push(served);
  const secrets = (): readonly string[] => [
    simulator.app.clientSecret,
    simulator.agencyToken,
    ...simulator.world.locationIds().map(simulator.locationToken),
    ...memory.tokens,
  ];
  addSecretSource(secrets);
  return {
    simulator,
    served,
    now,
    passTime: (milliseconds) => {
      offsetMs += milliseconds;
    },
    secrets,
    rewriteRequests: (rewrite) => void requestRewrites.push(rewrite),
    rewriteAnswers: (rewrite) => void answerRewrites.push(rewrite),
    answerAt: (path, answer) => void services.set(path, answer),
  };
};

export const isSearch =
  (stream: 'contacts' | 'opportunities', locationId?: string) =>
  (call: Call): boolean =>
    call.method === 'POST' &&
    call.path === `/${stream}/search` &&
    (locationId === undefined || call.locationId === locationId);

export const isMint = ({ path }: Call): boolean => path === '/oauth/locationToken';
export const isRefresh = ({ path }: Call): boolean => path === '/oauth/token';
export const isListing = ({ path }: Call): boolean => path === '/oauth/installedLocations';
