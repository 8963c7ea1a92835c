import type { Reservation } from '../foundation/byte-budget.ts';
import { ConnectorError, reworded } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import type { Permit } from './quota-queue.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Room } from './room.ts';

export interface EntryContext {
  /** Whose quota the request uses; none: it needs none. */
  readonly bucket?: string;
  /** None: its answer is small. */
  readonly room?: Room;
  readonly signal?: AbortSignal;
}

/** The right to send a request once, and room for its answer. */
export interface Entry {
  /** How long it waited for the quota. */
  readonly queuedMs: number;
  /** The request as it is to be sent; at the moment when it is. */
  readonly admit: (request: HttpRequest) => HttpRequest;
  /** To be called when the answer is there, or when there will be none. The answer keeps the room that it needs. */
  readonly close: (answer: HttpResponse | undefined) => void;
}

interface EntryOptions {
  readonly limiter: RateLimiter;
  readonly runtime: Runtime;
}

/** Waits for the quota, where there is one. */
const acquire = async (
  limiter: RateLimiter,
  { method, path }: HttpRequest,
  { bucket, signal }: EntryContext,
): Promise<Permit | undefined> => {
  try {
    return bucket === undefined ? undefined : await limiter.acquire(bucket, signal);
  } catch (thrown) {
    if (!(thrown instanceof ConnectorError)) throw thrown;
    const internalMessage = `${method} ${path} not sent: ${thrown.internalMessage ?? 'no quota'}`;
    throw reworded(thrown, { internalMessage });
  }
};

/** Of a success only: what a failure says is short, and whoever sends it again waits without it. */
const bytesKept = (answer: HttpResponse | undefined): number =>
  answer !== undefined && answer.status >= 200 && answer.status < 300 ? answer.sizeBytes : 0;

const entryOf = (permit: Permit | undefined, share: Reservation | undefined, queuedMs: number): Entry => ({
  queuedMs,
  admit: (request) => {
    permit?.sent();
    return {
      ...request,
      // It has been counted by then, and its body may take a while.
      ...(permit !== undefined && { onHead: permit.done }),
      ...(share !== undefined && { admits: share.grow }),
    };
  },
  close: (answer) => {
    share?.resize(bytesKept(answer));
    permit?.done(answer?.headers);
  },
});

/** After so many times without quota when room came, the room is kept: a large answer has to have its turn. */
const ROUNDS_WITHOUT_ROOM = 3;

/**
 * Waits for the quota and for room in memory. Who waits for the quota holds no room, which others could use meanwhile (but
 * for the last of some rounds); who waits for room holds no quota, because what is in memory may need one more request
 * before it gives its room back.
 * @throws what the limiter throws, and the signal's reason after an abort
 */
export const enter = async (
  { limiter, runtime }: EntryOptions,
  request: HttpRequest,
  context: EntryContext,
): Promise<Entry> => {
  const { bucket, room } = context;
  let queuedMs = 0;
  const permitted = async (): Promise<Permit | undefined> => {
    const cameAtMs = runtime.now();
    const permit = await acquire(limiter, request, context);
    queuedMs += runtime.now() - cameAtMs;
    return permit;
  };
  for (let round = 1; ; round += 1) {
    const permit = await permitted();
    const share = room?.takeNow();
    if (room === undefined || share !== undefined) return entryOf(permit, share, queuedMs);
    permit?.unused();
    const late = await room.take();
    const atOnce = bucket === undefined ? undefined : limiter.acquireNow(bucket);
    if (bucket === undefined || atOnce !== undefined) return entryOf(atOnce, late, queuedMs);
    if (round < ROUNDS_WITHOUT_ROOM) {
      late.release();
      continue;
    }
    try {
      return entryOf(await permitted(), late, queuedMs);
    } catch (thrown) {
      late.release();
      throw thrown;
    }
  }
};
