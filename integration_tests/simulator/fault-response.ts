import type { FaultAnswer } from './faults.ts';
import type { KeptBytes } from './page-cache.ts';

/** An answer before it becomes a response: faults spoil it in between. */
export interface Draft {
  readonly status: number;
  readonly body: Uint8Array;
  /** What the body starts with, if that is kept for other answers. */
  readonly start?: KeptBytes | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

export interface FaultTools {
  /** What the API would have answered; only asked when the fault builds on it. */
  readonly truth: () => Draft;
  /** The envelope with this status and message. */
  readonly envelope: (status: number, message: string) => Draft;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

const piecemeal = new WeakSet<Response>();

/** True for a response whose body has to be passed on piece by piece, because it halts or breaks off. */
export const comesInPieces = (response: Response): boolean => piecemeal.has(response);

const inPieces = ({ status, headers }: Draft, body: ReadableStream<Uint8Array>): Response => {
  const response = new Response(body, { status, headers });
  piecemeal.add(response);
  return response;
};

const starts = new WeakMap<Response, KeptBytes>();

/** The kept bytes a response starts with, if there are any. */
export const keptStartOf = (response: Response): KeptBytes | undefined => starts.get(response);

export const toResponse = ({ status, body, headers, start }: Draft): Response => {
  const response = new Response(body, { status, headers });
  if (start !== undefined) starts.set(response, start);
  return response;
};

const page = (status: number): string =>
  `<html>\r\n<head><title>${status} Bad Gateway</title></head>\r\n<body>\r\n<center><h1>${status}</h1></center>\r\n</body>\r\n</html>\r\n`;

const html = (tools: FaultTools, status: number): Response => {
  const { headers } = tools.envelope(status, '');
  return toResponse({
    status,
    body: new TextEncoder().encode(page(status)),
    headers: { ...headers, 'content-type': 'text/html' },
  });
};

/** The first bytes of the body, and then an error where the rest would be. */
const cut = (draft: Draft, afterBytes: number): Response => {
  const bytes = draft.body.subarray(0, afterBytes);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes);
    },
    pull: (controller) => {
      controller.error(new Error('The connection was cut.'));
    },
  });
  return inPieces(draft, body);
};

/** Headers and half of the body at once, the other half late. */
const halting = (draft: Draft, delayMs: number, sleep: FaultTools['sleep']): Response => {
  const bytes = draft.body;
  const half = Math.floor(bytes.length / 2);
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(bytes.subarray(0, half));
    },
    pull: async (controller) => {
      await sleep(delayMs);
      controller.enqueue(bytes.subarray(half));
      controller.close();
    },
  });
  return inPieces(draft, body);
};

const malformed = ({ status, body, headers }: Draft): Response =>
  toResponse({ status, headers, body: body.subarray(0, Math.floor(body.length / 2)) });

const limited = (tools: FaultTools, retryAfterS: number | undefined): Response => {
  const draft = tools.envelope(429, 'Too Many Requests');
  const hint: Record<string, string> = retryAfterS === undefined ? {} : { 'retry-after': `${retryAfterS}` };
  return toResponse({ ...draft, headers: { ...draft.headers, ...hint } });
};

/** The response a fault makes of a request. A reset is `Response.error()`, which msw and `serve` both understand. */
export const faultResponse = async (fault: FaultAnswer, tools: FaultTools): Promise<Response> => {
  switch (fault.kind) {
    case 'html':
      return html(tools, fault.status);
    case 'reset':
      return Response.error();
    case 'cut':
      return cut(tools.truth(), fault.afterBytes);
    case 'slow':
      if (fault.part === 'body') return halting(tools.truth(), fault.delayMs, tools.sleep);
      await tools.sleep(fault.delayMs);
      return toResponse(tools.truth());
    case 'malformed':
      return malformed(tools.truth());
    case 'rate_limited':
      return limited(tools, fault.retryAfterS);
    case 'status':
      return toResponse(tools.envelope(fault.status, fault.message));
    case 'response':
      return fault.response();
  }
};
