/** How patient requests are. */
export interface Budgets {
  /** Attempts a request, the first included. */
  readonly maxAttempts: number;
  /** Time a request may take with all its attempts and waits. */
  readonly maxTotalMs: number;
}

/** A read outlasts a short outage of HighLevel. */
export const READ_BUDGETS: Budgets = { maxAttempts: 6, maxTotalMs: 10 * 60_000 };

/** A person waits for a check, and the platform gives it up after nine minutes. */
export const CHECK_BUDGETS: Budgets = { maxAttempts: 2, maxTotalMs: 20_000 };
