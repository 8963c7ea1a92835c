import { type ConnectorError, reworded } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';

/** How often and how long one request may still be tried. Every method throws when that is over. */
export interface RetryBudget {
  /** @returns the number of the retry, 1 for the first */
  readonly countRetry: (error: ConnectorError) => number;
  /** Being over the quota is no failure, so it does not eat attempts. @returns how often it happened, 1 for the first */
  readonly countRateLimit: (error: ConnectorError) => number;
  /** Time that has passed. */
  readonly spend: (milliseconds: number) => void;
  /** Time about to be waited; logs it. */
  readonly spendOnWait: (milliseconds: number, error: ConnectorError) => void;
}

interface RetryBudgetOptions {
  readonly maxAttempts: number;
  readonly maxTotalMs: number;
  readonly purpose: string;
  readonly log: Log;
}

const MOST_RATE_LIMITS = 20;
const LONG_WAIT_MS = 30_000;

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const givenUp = (error: ConnectorError, how: string): ConnectorError =>
  reworded(error, { message: `${error.message} Given up ${how}.` });

export const createRetryBudget = ({
  maxAttempts,
  maxTotalMs,
  purpose,
  log,
}: RetryBudgetOptions): RetryBudget => {
  let attempts = 0;
  let rateLimits = 0;
  let spentMs = 0;
  let warned = false;
  const tries = (): string => `${attempts + rateLimits} attempt${attempts + rateLimits === 1 ? '' : 's'}`;
  return {
    countRetry: (error) => {
      attempts += 1;
      if (attempts >= maxAttempts) throw givenUp(error, `after ${tries()}`);
      return attempts;
    },
    countRateLimit: (error) => {
      rateLimits += 1;
      if (rateLimits > MOST_RATE_LIMITS) throw givenUp(error, `after ${tries()}`);
      return rateLimits;
    },
    spend: (milliseconds) => {
      spentMs += milliseconds;
    },
    spendOnWait: (milliseconds, error) => {
      spentMs += milliseconds;
      if (spentMs > maxTotalMs)
        throw givenUp(
          error,
          `after ${tries()}: the next would come after the ${seconds(maxTotalMs)} allowed`,
        );
      const isLong = milliseconds >= LONG_WAIT_MS && !warned;
      warned ||= isLong;
      (isLong ? log.warn : log.debug)(
        `${error.message} Waiting ${seconds(milliseconds)} before the next attempt at ${purpose}.`,
      );
    },
  };
};
