import type { ByteBudget } from '../../foundation/byte-budget.ts';
import { ConnectorError } from '../../foundation/errors.ts';
import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { createRecordingLog } from '../../http/doubles/recording-log.ts';
import type { LocationRead } from '../location-read.ts';
import { createPageMemory } from '../page-memory.ts';
import type { ReadContext } from '../read-context.ts';

/** The server's time in tests, unless they say otherwise. */
export const NOW = Date.parse('2026-06-30T12:00:00.000Z');
const HOUR_MS = 3_600_000;

/** An instant so many days from `NOW`; epoch ms. */
export const day = (days: number): number => NOW + days * 24 * HOUR_MS;
export const isoDay = (days: number): string => new Date(day(days)).toISOString();

/** For `isOver`: true when it is asked for the given time, and later. */
export const overAfter = (windows: number): (() => boolean) => {
  let asked = 0;
  return () => {
    asked += 1;
    return asked >= windows;
  };
};
/** What was asked, whichever way the parameters travelled. */
export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly version: string | undefined;
  readonly parameters: JsonObject;
  readonly scope: string | undefined;
  /** Answers in memory when it was sent. */
  readonly held: number;
}

/** An answer's body; or an error, whose `status` makes it an answer to whoever accepts such. */
export type Answer = (request: FakeRequest, call: number) => JsonValue | Error;

interface FakeContext {
  readonly context: ReadContext;
  readonly requests: readonly FakeRequest[];
  readonly lines: readonly string[];
  /** Answers that were not given back. */
  readonly held: () => number;
}

interface FakeOptions {
  readonly answer: Answer;
  /** Epoch ms by the server's clock. */
  readonly now?: number;
  readonly isOver?: () => boolean;
  readonly parallel?: number;
  /** Bytes of answers at once; answers weigh one. Default: as many as are asked for. */
  readonly budget?: ByteBudget;
}

const parametersOf = ({ query, body }: HttpRequest): JsonObject => {
  if (body !== undefined) return body.value;
  return Object.fromEntries(
    Object.entries(query ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
};

const createCountingBudget = (
  limited: ByteBudget | undefined,
): { readonly budget: ByteBudget; readonly held: () => number } => {
  const open = new Set<object>();
  const reserve: ByteBudget['reserve'] = async (bytes) => {
    const reservation = await limited?.reserve(bytes);
    const share = {};
    open.add(share);
    return {
      resize: (size) => reservation?.resize(size),
      grow: (size) => reservation?.grow(size) ?? true,
      release: () => {
        open.delete(share);
        reservation?.release();
      },
    };
  };
  return { budget: { reserve }, held: () => open.size };
};

const response = (status: number, body: JsonValue): HttpResponse => ({
  status,
  headers: {},
  body,
  sizeBytes: 1,
});

/** For tests: the surroundings of a read of location L1, whose requests are answered by a function. */
export const createFakeContext = ({
  answer,
  now = NOW,
  isOver = () => false,
  parallel = 1,
  budget: limited,
}: FakeOptions): FakeContext => {
  const requests: FakeRequest[] = [];
  const log = createRecordingLog();
  const { budget, held } = createCountingBudget(limited);
  const send: ReadContext['send'] = (request, { scope, accepts }) => {
    const { method, path, headers } = request;
    const asked = { method, path, version: headers['version'], parameters: parametersOf(request), scope };
    // The share of its own answer is reserved already.
    requests.push({ ...asked, held: held() - 1 });
    const answered = answer(requests[requests.length - 1] ?? { ...asked, held: 0 }, requests.length);
    if (!(answered instanceof Error)) return Promise.resolve(response(200, answered));
    const status = answered instanceof ConnectorError ? answered.status : undefined;
    const refusal = status === undefined ? undefined : response(status, { message: answered.message });
    return refusal !== undefined && accepts?.(refusal) === true
      ? Promise.resolve(refusal)
      : Promise.reject(answered);
  };
  const context: ReadContext = {
    locationId: 'L1',
    send,
    serverNow: () => Promise.resolve(now),
    parallel,
    budget,
    pages: createPageMemory(),
    log,
    isOver,
  };
  return { context, requests, lines: log.lines, held };
};

/** A read of the location: the first one, without a start date, unless told otherwise. */
export const locationRead = (context: ReadContext, given: Partial<LocationRead> = {}): LocationRead => ({
  state: undefined,
  startDate: undefined,
  lookbackMs: 0,
  trailingDays: undefined,
  job: undefined,
  context,
  ...given,
});
