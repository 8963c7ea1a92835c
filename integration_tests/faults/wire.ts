import { isJsonArray, isJsonObject, type JsonValue } from '../../src/foundation/json.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/http/client.ts';
import { addressOf, encodeBody } from '../../src/http/wire-request.ts';
import type { Random } from '../simulator/random.ts';
import type { Sleeping } from './clock.ts';
import type { WireDisturbance, WireFault } from './schedule.ts';
import { createTokenWatch, type TokenRenewal } from './token-watch.ts';
import { brokenAnswer, type Passage, WIRE_FAULTS } from './wire-faults.ts';

/** The way between the connector and HighLevel during one attempt. */
export interface Wire {
  readonly client: HttpClient;
  /** Requests so far. */
  readonly requests: () => number;
  /** What was done to requests. */
  readonly faults: () => readonly WireFault[];
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: () => boolean;
  readonly renewals: () => readonly TokenRenewal[];
  /** Of new tokens that were used before they were kept. */
  readonly tokenProblems: () => readonly string[];
}

interface WireOptions {
  readonly baseUrl: string;
  readonly handle: (request: Request) => Promise<Response>;
  readonly sleep: Sleeping['sleep'];
  readonly now: () => number;
  readonly random: Random;
  readonly disturbances: readonly WireDisturbance[];
  /** Before the nth request is answered. */
  readonly onRequest: (nth: number) => void;
  /** Whether a new token has been given to the platform. */
  readonly isKept: (token: string) => boolean;
}

const TIMEOUT_MS = 60_000;
const LATENCY_MS = { least: 5, most: 400 };

const parsed = (text: string, isJson: boolean, status: number): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    if (isJson && status < 300) throw brokenAnswer(status);
    return text;
  }
};

const readAnswer = async (response: Response): Promise<HttpResponse> => {
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const isJson = headers['content-type']?.includes('json') === true;
  const body = parsed(text, isJson, response.status);
  return { status: response.status, headers, body, sizeBytes: Buffer.byteLength(text) };
};

const requestOf = (baseUrl: string, request: HttpRequest): Request => {
  const { text, contentHeaders } = encodeBody(request.body);
  const headers = { 'user-agent': 'source-highlevel/test', ...contentHeaders, ...request.headers };
  const init = { method: request.method, headers, ...(text !== undefined && { body: text }) };
  return new Request(addressOf(baseUrl, request.path, request.query), init);
};

const PAGING = new Set([
  ...[
    'page',
    'skip',
    'offset',
    'limit',
    'pageLimit',
    'pageSize',
    'searchAfter',
    'startAfter',
    'startAfterId',
  ],
  ...['startAfterDate', 'lastMessageId', 'cursor', 'nextCursor', 'pageToken'],
]);

/** What the pages of one list have in common: they may be mistaken for each other. */
const questionOf = ({ method, path, headers, query = {}, body }: HttpRequest): string => {
  const asked = { ...query, ...(body?.kind === 'json' && body.value) };
  const lasting = Object.entries(asked).filter(([name]) => !PAGING.has(name));
  return `${method} ${path} ${headers['authorization'] ?? ''} ${JSON.stringify(lasting)}`;
};

/** What is carried out in place of a search. */
const rephrased = (request: HttpRequest, fault: WireFault): HttpRequest => {
  const { body } = request;
  const sort = body?.kind === 'json' ? body.value['sort'] : undefined;
  if (fault !== 'reversed' && fault !== 'stuck') return request;
  if (body?.kind !== 'json' || !isJsonArray(sort)) return request;
  const { searchAfter: _, ...anew } = body.value;
  const descending = sort.map((key) => (isJsonObject(key) ? { ...key, direction: 'desc' } : key));
  const value = fault === 'reversed' ? { ...body.value, sort: descending } : anew;
  return { ...request, body: { kind: 'json', value } };
};

const secretsIn = ({ headers, body }: HttpRequest): Passage['secrets'] =>
  body?.kind === 'form'
    ? {
        texts: [JSON.stringify(body.value), ...Object.values(body.value)],
        isRenewal: 'refresh_token' in body.value,
      }
    : { texts: [headers['authorization'] ?? ''], isRenewal: false };

/** Carries requests out, or does to them what their number is in for. */
const createPassage = (
  { sleep, random, disturbances }: WireOptions,
  carryOut: (request: HttpRequest) => Promise<HttpResponse>,
) => {
  const done: WireFault[] = [];
  const last = new Map<string, HttpResponse>();
  const pass = async (request: HttpRequest, nth: number, signal?: AbortSignal): Promise<HttpResponse> => {
    const disturbance = disturbances.find((one) => nth >= one.nth && nth < one.nth + one.count);
    if (disturbance === undefined) return carryOut(request);
    done.push(disturbance.fault);
    const isForData = !request.path.startsWith('/oauth/');
    return WIRE_FAULTS[disturbance.fault]({
      carryOut: () => carryOut(rephrased(request, disturbance.fault)),
      before: isForData ? last.get(questionOf(request)) : undefined,
      isForData,
      secrets: secretsIn(request),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
      pause: (milliseconds) => sleep(milliseconds, signal),
      random,
    });
  };
  return {
    done,
    pass: async (request: HttpRequest, nth: number, signal?: AbortSignal): Promise<HttpResponse> => {
      const answer = await pass(request, nth, signal);
      if (answer.status < 300) last.set(questionOf(request), answer);
      return answer;
    },
  };
};

/** Passes requests to the handler with latencies and disturbances. */
export const createWire = (options: WireOptions): Wire => {
  const { baseUrl, handle, sleep, random, onRequest, isKept, now } = options;
  let requests = 0;
  const tokens = createTokenWatch({ isKept, now });
  const { done, pass } = createPassage(options, async (request) => {
    const answer = await readAnswer(await handle(requestOf(baseUrl, request)));
    tokens.carriedOut(request, answer);
    return answer;
  });
  const travel = (signal: AbortSignal | undefined) =>
    sleep(random.int(LATENCY_MS.least, LATENCY_MS.most), signal);
  const deliver = async (
    request: HttpRequest,
    nth: number,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> => {
    await travel(signal);
    onRequest(nth);
    const answer = await pass(request, nth, signal);
    await travel(signal);
    tokens.arrived(request, answer);
    return answer;
  };
  return {
    requests: () => requests,
    faults: () => done,
    hasLostTokens: tokens.hasLostTokens,
    renewals: tokens.renewals,
    tokenProblems: tokens.problems,
    client: {
      send: async (request, signal) => {
        signal?.throwIfAborted();
        requests += 1;
        tokens.sent(request);
        try {
          return await deliver(request, requests, signal);
        } finally {
          tokens.ended(request);
        }
      },
    },
  };
};
