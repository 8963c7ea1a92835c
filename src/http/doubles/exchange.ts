import type { RateLimiter } from '../rate-limiter.ts';
import type { VirtualRuntime } from './virtual-runtime.ts';

interface ExchangeOptions {
  readonly limiter: RateLimiter;
  readonly runtime: VirtualRuntime;
  readonly bucket?: string;
  readonly latencyMs?: number;
  readonly headers?: () => Readonly<Record<string, string>> | undefined;
}

/** For tests: one request without a client. @returns when it was sent */
export const exchange = async ({
  limiter,
  runtime,
  bucket = 'L1',
  latencyMs = 100,
  headers,
}: ExchangeOptions): Promise<number> => {
  const permit = await limiter.acquire(bucket);
  permit.sent();
  const sentAtMs = runtime.now();
  await runtime.sleep(latencyMs);
  permit.done(headers?.());
  return sentAtMs;
};
