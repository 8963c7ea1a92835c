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

/** Adds up what requests cost. */
export interface Meter {
  readonly sent: (request: { readonly isRetry: boolean; readonly quotaMs: number }) => void;
  readonly backedOff: (milliseconds: number) => void;
  readonly costs: () => Costs;
}

export const createMeter = (): Meter => {
  let costs: Costs = { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 };
  return {
    sent: ({ isRetry, quotaMs }) => {
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
  };
};

/** What has been added since. */
export const costsSince = (before: Costs, now: Costs): Costs => ({
  requests: now.requests - before.requests,
  retries: now.retries - before.retries,
  quotaMs: now.quotaMs - before.quotaMs,
  backoffMs: now.backoffMs - before.backoffMs,
});
