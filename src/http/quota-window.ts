import { ourPart } from './our-part.ts';
import { type RateLimitHeaders, readRateLimitHeaders } from './rate-limit-headers.ts';

export interface BurstLimit {
  /** Requests an interval that HighLevel allows everybody together. */
  readonly max: number;
  readonly intervalMs: number;
}

/** The right to send one request; to be returned once. */
export interface Slot {
  /** The request goes out now, and not before: it may have waited for other things since. */
  readonly sent: (nowMs: number) => void;
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

/** More than are ever sent at once, so that some went over connections that were open, and when nothing else was to do. */
const ENOUGH_ANSWERS = 100;
/** Of the fastest answer's time, in doubt all the same: the machines that count need not agree to the millisecond. */
const IN_DOUBT = { share: 0.1, leastMs: 30 } as const;
/** Were all answers late, what is sent too early would still be within what is left to others at the usual share. */
const MOST_CERTAIN_MS = 500;

/** How long to leave a bucket alone whose daily quota is used up when HighLevel does not say when it is whole again. */
const UNKNOWN_RESET_MS = 3_600_000;

/** An answer whose request still occupies a slot. */
interface Answer {
  readonly atMs: number;
  /** False: it was lost, and nobody knows what became of its request. */
  readonly isWhole: boolean;
}

/**
 * The bookkeeping of one bucket, as a strict sliding window. HighLevel counts a request somewhere between its sending and
 * its answer, so a slot stays occupied until one interval after the answer, less what answers take at least
 * (docs/decisions/2026-11-22-own-limiter-and-libraries.md): then no interval of HighLevel's, however it is laid, holds more
 * than ours. What others use of the bucket (known from `remaining`) is occupied too, for one interval. Every instant is
 * epoch milliseconds, given by the caller.
 */
export class QuotaWindow {
  readonly #share: number;
  #limit: BurstLimit;
  #inFlight = 0;
  #taken = 0;
  #answers: readonly Answer[] = [];
  #fastest = { ofAnswers: 0, tookMs: Infinity };
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
    let sentAtMs: number | undefined;
    return {
      sent: (sentNowMs) => {
        sentAtMs = sentNowMs;
      },
      answered: (answeredAtMs, headers) => {
        this.#inFlight -= 1;
        // The most of ours that HighLevel can have counted when it wrote `remaining`.
        const ours = Math.min(occupiedThen + (this.#taken - takenThen), this.#capacity());
        if (headers !== undefined) {
          this.#learn(answeredAtMs, readRateLimitHeaders(headers), ours);
          this.#learnPace(sentAtMs === undefined ? 0 : answeredAtMs - sentAtMs);
        }
        this.#answers = [...this.#answers, { atMs: answeredAtMs, isWhole: headers !== undefined }];
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
    const releases = this.#answers.map((answer) => this.#releaseMs(answer));
    const ends = others > 0 ? [...releases, this.#others.untilMs] : releases;
    return ends.length === 0 ? undefined : Math.min(...ends);
  }

  /** HighLevel has refused a request, so that it counts otherwise than was thought: from now on only answers are certain. */
  pauseUntil(untilMs: number): void {
    this.#learnPace(0);
    this.#pausedUntilMs = Math.max(this.#pausedUntilMs, untilMs);
  }

  /** Defined while the day's quota, or our share of it, is used up. */
  dailyBlock(nowMs: number): DailyBlock | undefined {
    return this.#daily !== undefined && nowMs < this.#daily.untilMs ? this.#daily : undefined;
  }

  /** True when nothing is lost by forgetting the window but how fast HighLevel answers. */
  isIdle(nowMs: number): boolean {
    const holdsUntilMs = Math.max(this.#pausedUntilMs, this.#others.untilMs, this.#daily?.untilMs ?? 0);
    return this.#occupied(nowMs) === 0 && nowMs >= holdsUntilMs;
  }

  #learnPace(tookMs: number): void {
    const { ofAnswers, tookMs: fastestMs } = this.#fastest;
    this.#fastest = { ofAnswers: ofAnswers + 1, tookMs: Math.max(0, Math.min(fastestMs, tookMs)) };
  }

  /** What passes at least between the sending of a request and its answer, as far as that is certain. */
  #leastMs(): number {
    const { ofAnswers, tookMs } = this.#fastest;
    if (ofAnswers < ENOUGH_ANSWERS) return 0;
    const inDoubtMs = Math.max(IN_DOUBT.leastMs, IN_DOUBT.share * tookMs);
    return Math.floor(Math.min(MOST_CERTAIN_MS, Math.max(0, tookMs - inDoubtMs)));
  }

  /** When the slot of an answer is free. By what is known now: an answer that was taken for fast may have been late. */
  #releaseMs({ atMs, isWhole }: Answer): number {
    // One more, because the clock's milliseconds are rounded down.
    return atMs - (isWhole ? this.#leastMs() : 0) + this.#limit.intervalMs + 1;
  }

  #capacity(): number {
    return ourPart(this.#limit.max, this.#share);
  }

  #occupied(nowMs: number): number {
    // The bound repairs a local clock that was set back, which would otherwise keep the slots for as long.
    this.#answers = this.#answers
      .filter((answer) => this.#releaseMs(answer) > nowMs)
      .map(({ atMs, isWhole }) => ({ atMs: Math.min(atMs, nowMs), isWhole }));
    return this.#inFlight + this.#answers.length;
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
