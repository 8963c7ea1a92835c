import type { ByteBudget, Reservation } from '../../foundation/byte-budget.ts';
import { ConnectorError } from '../../foundation/errors.ts';
import type { JsonObject, JsonValue } from '../../foundation/json.ts';
import type { HttpRequest, HttpResponse } from '../../http/client.ts';
import { createRecordingLog } from '../../http/doubles/recording-log.ts';
import type { LocationRead } from '../location-read.ts';
import { createPageMemory } from '../page-memory.ts';
import type { ReadContext, SendOptions } from '../read-context.ts';

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
  /** Requests under way at once, at most. */
  readonly mostAtOnce: () => number;
}

interface FakeOptions {
  readonly answer: Answer;
  /** How long an answer is on its way, in turns of the event loop; so answers come in another order. Default: 0. */
  readonly turns?: ((call: number) => number) | undefined;
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
  const counted = (reservation: Reservation | undefined): Reservation => {
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
  const reserve: ByteBudget['reserve'] = async (...wanted) => counted(await limited?.reserve(...wanted));
  return { budget: { reserve, reserveNow: () => undefined }, held: () => open.size };
};

const response = (status: number, body: JsonValue): HttpResponse => ({
  status,
  headers: {},
  body,
  sizeBytes: 1,
});

/** An answer to whoever accepts it, and otherwise an error. */
const refused = (said: Error, accepts: SendOptions['accepts']): Promise<HttpResponse> => {
  const status = said instanceof ConnectorError ? said.status : undefined;
  const refusal = status === undefined ? undefined : response(status, { message: said.message });
  return refusal !== undefined && accepts?.(refusal) === true
    ? Promise.resolve(refusal)
    : Promise.reject(said);
};

const pass = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((go) => setImmediate(go));
};

/** For tests: the surroundings of a read of location L1, whose requests are answered by a function. */
export const createFakeContext = ({
  answer,
  now = NOW,
  isOver = () => false,
  parallel = 1,
  budget: limited,
  turns = () => 0,
}: FakeOptions): FakeContext => {
  const requests: FakeRequest[] = [];
  let sent = 0;
  let underWay = 0;
  let mostAtOnce = 0;
  const log = createRecordingLog();
  const { budget, held } = createCountingBudget(limited);
  const answered: ReadContext['send'] = (request, { scope, accepts }) => {
    const { method, path, headers } = request;
    const parameters = parametersOf(request);
    // The share of its own answer is reserved already.
    const asked = { method, path, version: headers['version'], parameters, scope, held: held() - 1 };
    requests.push(asked);
    const said = answer(asked, requests.length);
    return said instanceof Error ? refused(said, accepts) : Promise.resolve(response(200, said));
  };
  const send: ReadContext['send'] = async (request, options) => {
    sent += 1;
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    try {
      await options.room.take();
      await pass(turns(sent));
      return await answered(request, options);
    } finally {
      underWay -= 1;
    }
  };
  const context: ReadContext = {
    locationId: 'L1',
    send,
    serverNow: () => Promise.resolve(now),
    parallel,
    budget,
    pages: createPageMemory(),
    log,
    rowsLeft: () => 0,
    isOver,
  };
  return { context, requests, lines: log.lines, held, mostAtOnce: () => mostAtOnce };
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
