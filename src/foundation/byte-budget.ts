import { mostUrgent, type Urgency } from './most-urgent.ts';

/** A share of the budget, held while an answer is in memory. */
export interface Reservation {
  /** Says how large the answer really is; may exceed the budget, which then stays closed until enough is given back. */
  readonly resize: (bytes: number) => void;
  /**
   * Takes more, for an answer that is still coming in, if it fits or nobody else holds anything. It never waits: a
   * connection that nobody reads from is closed sooner or later.
   * @returns whether the share is now this large
   */
  readonly grow: (bytes: number) => boolean;
  readonly release: () => void;
}

/** Bounds the bytes of answers that are in memory at once, over all lanes. */
export interface ByteBudget {
  /**
   * Resolves when `bytes()` fit; a share larger than the whole budget fits when nothing is held. Of those who wait, the most
   * urgent has its turn, and among equals the one who came first; nobody passes by whoever has the turn and does not fit yet.
   * @param bytes asked whenever there is room: more may be known by then
   * @param urgency asked whenever there is room; who goes first (`mostUrgent`). Default: 0
   */
  readonly reserve: (bytes: () => number, urgency?: () => Urgency) => Promise<Reservation>;
  /** Without waiting. @returns undefined when it does not fit, or somebody waits already */
  readonly reserveNow: (bytes: number) => Reservation | undefined;
}

interface Waiter {
  readonly bytes: () => number;
  readonly urgency: () => Urgency;
  readonly enter: (reservation: Reservation) => void;
}

export const createByteBudget = (limitBytes: number): ByteBudget => {
  let heldBytes = 0;
  const waiting = new Set<Waiter>();

  const fits = (bytes: number): boolean => heldBytes === 0 || heldBytes + bytes <= limitBytes;
  /** Estimates have fractions, whose rounding would leave a trace: nobody would ever be alone again. */
  const wholeOf = (bytes: number): number => Math.ceil(bytes);
  const admit = (): void => {
    for (;;) {
      const next = mostUrgent(waiting, ({ urgency }) => urgency());
      const bytes = wholeOf(next?.bytes() ?? 0);
      if (next === undefined || !fits(bytes)) return;
      waiting.delete(next);
      next.enter(take(bytes));
    }
  };
  const take = (reservedBytes: number): Reservation => {
    let held = reservedBytes;
    heldBytes += held;
    const resize = (bytes: number): void => {
      const whole = wholeOf(bytes);
      heldBytes += whole - held;
      held = whole;
      admit();
    };
    return {
      resize,
      grow: (bytes) => {
        if (bytes <= held) return true;
        const others = heldBytes - held;
        if (others > 0 && others + bytes > limitBytes) return false;
        resize(bytes);
        return true;
      },
      release: () => {
        resize(0);
      },
    };
  };

  return {
    reserve: (bytes, urgency = () => 0) =>
      new Promise((enter) => {
        waiting.add({ bytes, urgency, enter });
        admit();
      }),
    reserveNow: (bytes) => {
      const whole = wholeOf(bytes);
      return waiting.size > 0 || !fits(whole) ? undefined : take(whole);
    },
  };
};
