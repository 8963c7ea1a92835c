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

/** Adds up what requests cost. */
export interface Meter {
  readonly sent: (request: SentRequest) => void;
  readonly backedOff: (milliseconds: number) => void;
  readonly costs: () => Costs;
  /** As the latest answer that said so has it. */
  readonly dailyLeft: () => number | undefined;
}

export const NO_COSTS: Costs = { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 };

export const createMeter = (): Meter => {
  let costs = NO_COSTS;
  let latestDailyLeft: number | undefined;
  return {
    sent: ({ isRetry, quotaMs, dailyLeft = latestDailyLeft }) => {
      latestDailyLeft = dailyLeft;
      const { requests, retries } = costs;
      costs = {
        ...costs,
        requests: requests + 1,
        retries: retries + (isRetry ? 1 : 0),
        quotaMs: costs.quotaMs + quotaMs,
      };
    },
    backedOff: (milliseconds) => {
      costs = { ...costs, backoffMs: costs.backoffMs + milliseconds };
    },
    costs: () => costs,
    dailyLeft: () => latestDailyLeft,
  };
};

export const addCosts = (one: Costs, other: Costs): Costs => ({
  requests: one.requests + other.requests,
  retries: one.retries + other.retries,
  quotaMs: one.quotaMs + other.quotaMs,
  backoffMs: one.backoffMs + other.backoffMs,
});
