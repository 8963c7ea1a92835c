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
  /** Resolves, in the order of asking, when `bytes` fit; a share larger than the whole budget fits when nothing is held. */
  readonly reserve: (bytes: number) => Promise<Reservation>;
}

export const createByteBudget = (limitBytes: number): ByteBudget => {
  let heldBytes = 0;
  const waiting: { readonly bytes: number; readonly enter: () => void }[] = [];

  const fits = (bytes: number): boolean => heldBytes === 0 || heldBytes + bytes <= limitBytes;
  const admit = (): void => {
    for (let next = waiting[0]; next !== undefined && fits(next.bytes); next = waiting[0]) {
      waiting.shift();
      heldBytes += next.bytes;
      next.enter();
    }
  };
  const reservation = (reservedBytes: number): Reservation => {
    let held = reservedBytes;
    const resize = (bytes: number): void => {
      const whole = Math.ceil(bytes);
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
    reserve: async (expectedBytes) => {
      // Estimates have fractions, whose rounding would leave a trace: nobody would ever be alone again.
      const bytes = Math.ceil(expectedBytes);
      if (waiting.length > 0 || !fits(bytes)) {
        await new Promise<void>((enter) => {
          waiting.push({ bytes, enter });
        });
      } else {
        heldBytes += bytes;
      }
      return reservation(bytes);
    },
  };
};
