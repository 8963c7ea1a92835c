/** What requests have cost so far. Waits are added up, also those of requests that wait side by side. */
export interface Costs {
  /** Sent, with the repeated ones. */
  readonly requests: number;
  readonly retries: number;
  /** Until the quota allowed the request. */
  readonly quotaMs: number;
  /** Between attempts, after failures. */
  readonly backoffMs: number;
}

interface SentRequest {
  readonly isRetry: boolean;
  readonly quotaMs: number;
  /** Requests of the day that the answer leaves to its bucket; undefined when it does not say. */
  readonly dailyLeft: number | undefined;
}

export const NO_COSTS: Costs = { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 };

/** Adds up what requests cost. A class, because there is one of each location of each stream. */
export class Meter {
  #costs = NO_COSTS;
  #dailyLeft: number | undefined;

  get costs(): Costs {
    return this.#costs;
  }

  /** As the latest answer that said so has it. */
  get dailyLeft(): number | undefined {
    return this.#dailyLeft;
  }

  sent({ isRetry, quotaMs, dailyLeft = this.#dailyLeft }: SentRequest): void {
    this.#dailyLeft = dailyLeft;
    const { requests, retries } = this.#costs;
    this.#costs = {
      ...this.#costs,
      requests: requests + 1,
      retries: retries + (isRetry ? 1 : 0),
      quotaMs: this.#costs.quotaMs + quotaMs,
    };
  }

  backedOff(milliseconds: number): void {
    this.#costs = { ...this.#costs, backoffMs: this.#costs.backoffMs + milliseconds };
  }
}

export const addCosts = (one: Costs, other: Costs): Costs => ({
  requests: one.requests + other.requests,
  retries: one.retries + other.retries,
  quotaMs: one.quotaMs + other.quotaMs,
  backoffMs: one.backoffMs + other.backoffMs,
});
