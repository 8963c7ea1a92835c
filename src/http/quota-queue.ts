import type { ConnectorError } from '../foundation/errors.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { dailyQuotaError } from './daily-quota-error.ts';
import { type BurstLimit, QuotaWindow } from './quota-window.ts';

/** The right to send one request. */
export interface Permit {
  /** To be called when the request goes out, as late as possible: what it waits for before is none of HighLevel's time. */
  readonly sent: () => void;
  /** To be called with the headers of the answer, or with undefined when the attempt failed without one. */
  readonly done: (headers: Readonly<Record<string, string>> | undefined) => void;
  /** To be called instead, when nothing was sent. */
  readonly unused: () => void;
}

/** What became of a place in the queue. */
export type Turn =
  | { readonly kind: 'granted'; readonly permit: Permit }
  | { readonly kind: 'refused'; readonly error: ConnectorError }
  | { readonly kind: 'aborted' };

interface QuotaQueueOptions {
  readonly bucket: string;
  readonly runtime: Runtime;
  /** Our part of the quotas, above 0 and at most 1. */
  readonly share: number;
  readonly limit: BurstLimit;
}

/** Gives the slots of one bucket to who waits, first come, first served. Sleeps only while somebody waits. */
export class QuotaQueue {
  readonly #bucket: string;
  readonly #runtime: Runtime;
  readonly #window: QuotaWindow;
  readonly #waiters = new Set<(turn: Turn) => void>();
  #alarm: { readonly atMs: number; readonly controller: AbortController } | undefined;

  constructor({ bucket, runtime, share, limit }: QuotaQueueOptions) {
    this.#bucket = bucket;
    this.#runtime = runtime;
    this.#window = new QuotaWindow(share, limit);
  }

  /** As the latest answer says. */
  get limit(): BurstLimit {
    return this.#window.limit;
  }

  isIdle(): boolean {
    return this.#waiters.size === 0 && this.#window.isIdle(this.#runtime.now());
  }

  pauseUntil(untilMs: number): void {
    this.#window.pauseUntil(untilMs);
  }

  turn(signal: AbortSignal | undefined): Promise<Turn> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.#waiters.delete(waiter);
        resolve({ kind: 'aborted' });
        this.#serve();
      };
      const waiter = (turn: Turn): void => {
        signal?.removeEventListener('abort', leave);
        resolve(turn);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiters.add(waiter);
      this.#serve();
    });
  }

  /** Without a place in the queue; undefined when somebody waits already, or would have to. */
  permitNow(): Permit | undefined {
    const nowMs = this.#runtime.now();
    const isFree = this.#window.dailyBlock(nowMs) === undefined && this.#window.freeAtMs(nowMs) === nowMs;
    return isFree && this.#waiters.size === 0 ? this.#permit(nowMs) : undefined;
  }

  /** Gives out what may be given out now, and sets the alarm for when there may be more. */
  #serve(): void {
    for (const waiter of this.#waiters) {
      const turn = this.#next();
      if (turn === undefined) return;
      this.#waiters.delete(waiter);
      waiter(turn);
    }
    this.#alarm?.controller.abort();
    this.#alarm = undefined;
  }

  #next(): Turn | undefined {
    const nowMs = this.#runtime.now();
    const block = this.#window.dailyBlock(nowMs);
    if (block !== undefined) {
      const resetMs = block.isKnown ? block.untilMs - nowMs : undefined;
      return { kind: 'refused', error: dailyQuotaError(this.#bucket, resetMs) };
    }
    const freeAtMs = this.#window.freeAtMs(nowMs);
    if (freeAtMs === nowMs) return { kind: 'granted', permit: this.#permit(nowMs) };
    if (freeAtMs !== undefined) this.#wakeAt(freeAtMs, nowMs);
    return undefined;
  }

  #permit(nowMs: number): Permit {
    const slot = this.#window.take(nowMs);
    let isOpen = true;
    const close = (how: () => void): void => {
      if (!isOpen) return;
      isOpen = false;
      how();
      this.#serve();
    };
    return {
      sent: () => {
        slot.sent(this.#runtime.now());
      },
      done: (headers) => {
        close(() => {
          slot.answered(this.#runtime.now(), headers);
        });
      },
      unused: () => {
        close(slot.unused);
      },
    };
  }

  #wakeAt(atMs: number, nowMs: number): void {
    if (this.#alarm !== undefined && this.#alarm.atMs <= atMs) return;
    this.#alarm?.controller.abort();
    const alarm = { atMs, controller: new AbortController() };
    this.#alarm = alarm;
    this.#runtime.sleep(atMs - nowMs, alarm.controller.signal).then(
      () => {
        if (this.#alarm === alarm) this.#alarm = undefined;
        this.#serve();
      },
      // Cancelled: an earlier alarm has been set, or nobody waits any more.
      () => undefined,
    );
  }
}
