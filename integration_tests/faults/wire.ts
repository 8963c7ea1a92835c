import { transientError } from '../../src/foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/http/client.ts';
import { addressOf, encodeBody } from '../../src/http/wire-request.ts';
import type { Random } from '../simulator/random.ts';
import type { Sleeping } from './clock.ts';
import type { WireDisturbance, WireFault } from './schedule.ts';

/** The way between the connector and HighLevel during one attempt. */
export interface Wire {
  readonly client: HttpClient;
  /** Requests so far. */
  readonly requests: () => number;
  /** What was done to requests. */
  readonly faults: () => readonly WireFault[];
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: () => boolean;
}

interface WireOptions {
  readonly baseUrl: string;
  readonly handle: (request: Request) => Promise<Response>;
  readonly sleep: Sleeping['sleep'];
  readonly random: Random;
  readonly disturbances: readonly WireDisturbance[];
  /** Before the nth request is answered. */
  readonly onRequest: (nth: number) => void;
}

const TIMEOUT_MS = 60_000;
const LATENCY_MS = { least: 5, most: 400 };

const lost = (): Error => transientError('HighLevel could not be reached (ECONNRESET).');
const timedOut = (): Error => transientError('HighLevel did not answer within 60 s.');
const broken = (status: number): Error =>
  transientError('HighLevel sent an answer that breaks off or is not JSON.', { status });

const parsed = (text: string, isJson: boolean, status: number): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    if (isJson && status < 300) throw broken(status);
    return text;
  }
};

const readAnswer = async (response: Response): Promise<HttpResponse> => {
  if (response.type === 'error') throw lost();
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  const isJson = headers['content-type']?.includes('json') === true;
  const body = parsed(text, isJson, response.status);
  return { status: response.status, headers, body, sizeBytes: Buffer.byteLength(text) };
};

const shuffle = (list: readonly JsonValue[], random: Random): readonly JsonValue[] =>
  list
    .map((item) => ({ item, at: random.next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

const shuffled = (answer: HttpResponse, random: Random): HttpResponse => {
  const { body } = answer;
  if (!isJsonObject(body)) return answer;
  const entries = Object.entries(body).map(([name, value]): [string, JsonValue] => [
    name,
    isJsonArray(value) ? shuffle(value, random) : value,
  ]);
  return { ...answer, body: Object.fromEntries(entries) satisfies JsonObject };
};

const standIn = (status: number, answer: HttpResponse): HttpResponse => {
  const message = status === 429 ? 'Too Many Requests' : 'Internal server error';
  const headers = { date: answer.headers['date'] ?? '' };
  return { status, headers, body: { statusCode: status, message, traceId: 'trace' }, sizeBytes: 80 };
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

const isRefresh = ({ path }: HttpRequest): boolean => path === '/oauth/token';

/** Passes requests to the handler with latencies and disturbances, on the given clock. */
export const createWire = (options: WireOptions): Wire => {
  const { baseUrl, handle, sleep, random, disturbances, onRequest } = options;
  const done: WireFault[] = [];
  const last = new Map<string, HttpResponse>();
  let requests = 0;
  let hasLostTokens = false;

  const latency = (signal: AbortSignal | undefined): Promise<void> =>
    sleep(random.int(LATENCY_MS.least, LATENCY_MS.most), signal);

  const carryOut = async (request: HttpRequest): Promise<HttpResponse> => {
    const { text, contentHeaders } = encodeBody(request.body);
    const url = addressOf(baseUrl, request.path, request.query);
    const headers = { 'user-agent': 'source-highlevel/test', ...contentHeaders, ...request.headers };
    const init = { method: request.method, headers, ...(text !== undefined && { body: text }) };
    const answer = await readAnswer(await handle(new Request(url, init)));
    // Until it has arrived.
    if (isRefresh(request) && answer.status < 300) hasLostTokens = true;
    return answer;
  };
  const disturbed = async (
    fault: WireFault,
    request: HttpRequest,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> => {
    const timeoutMs = request.timeoutMs ?? TIMEOUT_MS;
    if (fault === 'lost') throw lost();
    const question = questionOf(request);
    const before = last.get(question);
    const answer = await carryOut(request);
    switch (fault) {
      case 'unanswered':
        throw lost();
      case 'cut':
      case 'malformed':
        throw broken(answer.status);
      case 'stalled':
        await sleep(timeoutMs, signal);
        throw timedOut();
      case 'slow':
        await sleep(timeoutMs * 0.8, signal);
        return answer;
      case 'html':
        return { ...standIn(502, answer), body: '<html><body>Bad Gateway</body></html>' };
      case 'error':
        return standIn(500, answer);
      case 'rate_limited':
        return standIn(429, answer);
      case 'repeated':
        return before === undefined || request.path.startsWith('/oauth/') ? answer : before;
      case 'shuffled':
        return shuffled(answer, random);
    }
  };
  return {
    requests: () => requests,
    faults: () => done,
    hasLostTokens: () => hasLostTokens,
    client: {
      send: async (request, signal) => {
        signal?.throwIfAborted();
        requests += 1;
        const nth = requests;
        await latency(signal);
        onRequest(nth);
        const disturbance = disturbances.find((one) => nth >= one.nth && nth < one.nth + one.count);
        if (disturbance !== undefined) done.push(disturbance.fault);
        const answer =
          disturbance === undefined
            ? await carryOut(request)
            : await disturbed(disturbance.fault, request, signal);
        if (answer.status < 300) last.set(questionOf(request), answer);
        await latency(signal);
        if (isRefresh(request) && answer.status < 300) hasLostTokens = false;
        return answer;
      },
    },
  };
};
