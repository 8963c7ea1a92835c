import { transientError } from '../../src/foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../src/foundation/json.ts';
import type { HttpResponse } from '../../src/http/client.ts';
import type { Random } from '../simulator/random.ts';
import type { WireFault } from './schedule.ts';
import { thin } from './thin.ts';

const connectionLost = (): Error => transientError('HighLevel could not be reached (ECONNRESET).');
const timedOut = (): Error => transientError('HighLevel did not answer within 60 s.');

/** What a client makes of a body that it cannot read. */
export const brokenAnswer = (status: number): Error =>
  transientError('HighLevel sent an answer that breaks off or is not JSON.', { status });

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

interface SentSecrets {
  /** Of requests for data a token, of a sign-in that is renewed everything that it takes: together, and one by one. */
  readonly texts: readonly string[];
  readonly isRenewal: boolean;
}

/** A renewal is refused; anything else may be tried again, and says nothing of the location. */
const echo = ({ texts, isRenewal }: SentSecrets, random: Random): HttpResponse => {
  const status = isRenewal ? 422 : 500;
  const message = `Unexpected ${random.pick(texts)}`;
  return { status, headers: {}, body: { statusCode: status, message, traceId: 'trace' }, sizeBytes: 200 };
};

/** A request on its way. */
export interface Passage {
  readonly carryOut: () => Promise<HttpResponse>;
  /** The last answer to the same question, if it may come instead. */
  readonly before: HttpResponse | undefined;
  /** How long the client waits for an answer. */
  readonly timeoutMs: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly random: Random;
  /** Whether it asks for data, and not for tokens or locations. */
  readonly isForData: boolean;
  /** What the request carries to prove who sends it. */
  readonly secrets: SentSecrets;
}

type Disturb = (passage: Passage) => Promise<HttpResponse>;

/** Spoils the answer; the request has been carried out. */
const spoiling =
  (spoil: (answer: HttpResponse, passage: Passage) => HttpResponse | Promise<HttpResponse>): Disturb =>
  async (passage) =>
    spoil(await passage.carryOut(), passage);

const failingWith = (errorOf: (answer: HttpResponse) => Error): Disturb =>
  spoiling((answer) => Promise.reject(errorOf(answer)));

/** What each fault does to a request. */
export const WIRE_FAULTS: Readonly<Record<WireFault, Disturb>> = {
  lost: () => Promise.reject(connectionLost()),
  unanswered: failingWith(connectionLost),
  cut: failingWith(({ status }) => brokenAnswer(status)),
  malformed: failingWith(({ status }) => brokenAnswer(status)),
  stalled: spoiling(async (_, { pause, timeoutMs }) => {
    await pause(timeoutMs);
    throw timedOut();
  }),
  slow: spoiling(async (answer, { pause, timeoutMs }) => {
    await pause(timeoutMs * 0.8);
    return answer;
  }),
  html: spoiling((answer) => ({ ...standIn(502, answer), body: '<html><body>Bad Gateway</body></html>' })),
  error: spoiling((answer) => standIn(500, answer)),
  rate_limited: spoiling((answer) => standIn(429, answer)),
  repeated: spoiling((answer, { before }) => before ?? answer),
  shuffled: spoiling((answer, { random }) => shuffled(answer, random)),
  // The request was carried out with another order, or from another place.
  reversed: ({ carryOut }) => carryOut(),
  stuck: ({ carryOut }) => carryOut(),
  thinned: spoiling((answer, { isForData }) =>
    isForData && answer.status < 300 ? { ...answer, body: thin(answer.body) } : answer,
  ),
  bare: spoiling((answer, { isForData }) =>
    isForData && answer.status < 300 ? { ...answer, body: {} } : answer,
  ),
  echoed: ({ secrets, random }) => Promise.resolve(echo(secrets, random)),
};
