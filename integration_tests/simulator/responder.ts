import type { JsonValue } from '../../src/foundation/json.ts';
import { isJsonObject } from '../../src/foundation/json.ts';
import { isLibraryUserAgent } from './access.ts';
import { type Answer, envelope } from './answers.ts';
import type { OpenCall } from './call.ts';
import { dispatch } from './dispatch.ts';
import { type Draft, faultResponse, toResponse } from './fault-response.ts';
import type { FaultAnswer, FaultRegistry } from './faults.ts';
import type { KeptBytes } from './page-cache.ts';
import type { Quota, RateLimiter } from './rate-limiter.ts';
import type { Server } from './server.ts';

export interface ResponderParts {
  readonly server: Server;
  readonly limiter: RateLimiter;
  readonly faults: FaultRegistry;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const pageSizeOf = (body: JsonValue): number => {
  if (!isJsonObject(body)) return 0;
  const { pageLimit, limit } = body;
  return [pageLimit, limit].find((size) => typeof size === 'number') ?? 0;
};

const bytesOf = (body: JsonValue, start: KeptBytes | undefined): Uint8Array => {
  const text = JSON.stringify(body);
  return start === undefined
    ? Buffer.from(text)
    : Buffer.concat([start.bytes, Buffer.from(`,${text.slice(1)}`)]);
};

/** Turns calls into responses: the edge first, then faults, then the API itself. */
export const createResponder = ({ server, limiter, faults, sleep }: ResponderParts) => {
  const dateHeader = (): Record<string, string> => ({ date: new Date(server.now()).toUTCString() });
  const draft = ({ status, body, bare, start, headers }: Answer, quota: Quota): Draft => ({
    status,
    body: bytesOf(bare ?? { ...body, traceId: server.random.uuid() }, start),
    start,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...dateHeader(),
      ...quota.headers,
      ...headers,
    },
  });
  const truth = (call: OpenCall): Draft => {
    const { answer, quota } = dispatch(server, limiter, call);
    return draft(answer, quota);
  };
  const faultOf = (call: OpenCall): FaultAnswer | undefined => {
    const fault = faults.pick(call);
    const { refusedPageSize } = server.knobs;
    if (fault !== undefined || refusedPageSize === undefined) return fault;
    return pageSizeOf(call.body) > refusedPageSize.over ? refusedPageSize.answer : undefined;
  };
  return async (call: OpenCall): Promise<Response> => {
    if (server.knobs.userAgentCheck && isLibraryUserAgent(call.headers['user-agent'] ?? null)) {
      const headers = { 'content-type': 'text/plain; charset=UTF-8', ...dateHeader() };
      return new Response('error code: 1010', { status: 403, headers });
    }
    const fault = faultOf(call);
    if (fault === undefined) return toResponse(truth(call));
    return faultResponse(fault, {
      truth: () => truth(call),
      envelope: (status, message) => draft(envelope(status, message), limiter.unused()),
      sleep,
    });
  };
};
