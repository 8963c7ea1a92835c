import { ourPart } from './our-part.ts';
import { type RateLimitHeaders, readRateLimitHeaders } from './rate-limit-headers.ts';

export interface BurstLimit {
  /** Requests an interval that HighLevel allows everybody together. */
  readonly max: number;
  readonly intervalMs: number;
}

/** The right to send one request; to be returned once. */
export interface Slot {
  /** The answer arrived, with these headers, or there will be none. */
  readonly answered: (nowMs: number, headers: Readonly<Record<string, string>> | undefined) => void;
  /** Nothing was sent. */
  readonly unused: () => void;
}

/** The end of a blocked day. */
export interface DailyBlock {
  /** Epoch milliseconds. */
  readonly untilMs: number;
  /** False: HighLevel did not say when, and it is worth another try then. */
  readonly isKnown: boolean;
}

/** Of so many answers, one came about as fast as answers can. */
const ENOUGH_ANSWERS = 20;
/** How much of the fastest answer's time counts as the least that an answer takes. */
const TRUSTED = 0.9;

/** How long to leave a bucket alone whose daily quota is used up when HighLevel does not say when it is whole again. */
const UNKNOWN_RESET_MS = 3_600_000;

/**
 * The bookkeeping of one bucket, as a strict sliding window. HighLevel counts a request somewhere between its sending and
 * its answer, so a slot stays occupied until one interval after the answer, less what any answer takes: then no interval of
 * HighLevel's, however it is laid, holds more than ours (docs/decisions/2026-11-22-own-limiter-and-libraries.md). What
 * others use of the bucket (known from `remaining`) is occupied too, for one interval. Every instant is epoch
 * milliseconds, given by the caller.
 */
export class QuotaWindow {
  readonly #share: number;
  #limit: BurstLimit;
  #inFlight = 0;
  #taken = 0;
  #releases: readonly number[] = [];
  #answers = 0;
  #fastestMs = Infinity;
  #others = { count: 0, untilMs: 0 };
  #pausedUntilMs = 0;
  #daily: DailyBlock | undefined;

  /** @param share our part of the quotas, above 0 and at most 1 */
  constructor(share: number, limit: BurstLimit) {
    this.#share = share;
    this.#limit = limit;
  }

  get limit(): BurstLimit {
    return this.#limit;
  }

  /** Occupies a slot. Only when `freeAtMs` is not in the future. */
  take(nowMs: number): Slot {
    this.#inFlight += 1;
    this.#taken += 1;
    const occupiedThen = this.#occupied(nowMs);
    const takenThen = this.#taken;
    return {
      answered: (answeredAtMs, headers) => {
        this.#inFlight -= 1;
        // The most of ours that HighLevel can have counted when it wrote `remaining`.
        const ours = Math.min(occupiedThen + (this.#taken - takenThen), this.#capacity());
        const atLatestMs = answeredAtMs - (headers === undefined ? 0 : this.#leastMs(answeredAtMs - nowMs));
        if (headers !== undefined) this.#learn(answeredAtMs, readRateLimitHeaders(headers), ours);
        // One more, because the clock's milliseconds are rounded down.
        this.#releases = [...this.#releases, atLatestMs + this.#limit.intervalMs + 1];
      },
      unused: () => {
        this.#inFlight -= 1;
        this.#taken -= 1;
      },
    };
  }

  /** When to ask for a slot: `nowMs` if there is one, undefined when only an answer can tell. */
  freeAtMs(nowMs: number): number | undefined {
    if (nowMs < this.#pausedUntilMs) return this.#pausedUntilMs;
    const others = this.#othersAt(nowMs);
    if (this.#occupied(nowMs) + others < this.#capacity()) return nowMs;
    const ends = others > 0 ? [...this.#releases, this.#others.untilMs] : this.#releases;
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** HighLevel has refused a request, so that it counts otherwise than was thought: from now on only answers are certain. */
  pauseUntil(untilMs: number): void {
    this.#fastestMs = 0;
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
  }

  /** Defined while the day's quota, or our share of it, is used up. */
  dailyBlock(nowMs: number): DailyBlock | undefined {
    return this.#daily !== undefined && nowMs < this.#daily.untilMs ? this.#daily : undefined;
  }

  /** True when forgetting the window changes nothing. */
  isIdle(nowMs: number): boolean {
    const holdsUntilMs = Math.max(this.#pausedUntilMs, this.#others.untilMs, this.#daily?.untilMs ?? 0);
    return this.#occupied(nowMs) === 0 && nowMs >= holdsUntilMs;
  }

  /** What an answer takes at least, of which this one took `tookMs`; 0 while nobody knows. */
  #leastMs(tookMs: number): number {
    this.#answers += 1;
    this.#fastestMs = Math.max(0, Math.min(this.#fastestMs, tookMs));
    return this.#answers < ENOUGH_ANSWERS ? 0 : Math.floor(TRUSTED * this.#fastestMs);
  }

  #capacity(): number {
    return ourPart(this.#limit.max, this.#share);
  }

  #occupied(nowMs: number): number {
    // The bound repairs a local clock that was set back, which would otherwise keep the slots for as long.
    const latestMs = nowMs + this.#limit.intervalMs + 1;
    this.#releases = this.#releases.filter((atMs) => atMs > nowMs).map((atMs) => Math.min(atMs, latestMs));
    return this.#inFlight + this.#releases.length;
  }

  #othersAt(nowMs: number): number {
    return nowMs < this.#others.untilMs ? this.#others.count : 0;
  }

  #learn(nowMs: number, told: RateLimitHeaders, ours: number): void {
    this.#limit = {
      max: told.max ?? this.#limit.max,
      intervalMs: told.intervalMs ?? this.#limit.intervalMs,
    };
    this.#learnDaily(nowMs, told);
    if (told.remaining === undefined) return;
    const count = Math.max(0, this.#limit.max - told.remaining - ours);
    // The largest of the last interval counts: right after HighLevel's window turned over, `remaining` knows nobody.
    if (count >= this.#othersAt(nowMs)) this.#others = { count, untilMs: nowMs + this.#limit.intervalMs };
  }

  #learnDaily(nowMs: number, { dailyLimit, dailyRemaining, dailyResetMs }: RateLimitHeaders): void {
    if (dailyRemaining === undefined) return;
    const reserved = dailyLimit === undefined ? 0 : dailyLimit - Math.floor(this.#share * dailyLimit);
    this.#daily =
      dailyRemaining <= reserved
        ? { untilMs: nowMs + (dailyResetMs ?? UNKNOWN_RESET_MS), isKnown: dailyResetMs !== undefined }
        : undefined;
  }
}
