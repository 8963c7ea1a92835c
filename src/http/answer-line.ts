import { isJsonObject, textAt } from '../foundation/json.ts';
import type { HttpRequest, HttpResponse } from './client.ts';

/** A server may write anything there. */
const TRACE_ID = /^[\w.:-]{1,100}$/;

/** Which request was answered how, for logs and maintainers. Without the query: a broker's address may carry a key in it. */
export const answerLine = (
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
  { status, body }: Pick<HttpResponse, 'status' | 'body'>,
): string => {
  const traceId = isJsonObject(body) ? textAt(body, 'traceId') : undefined;
  const named = traceId !== undefined && TRACE_ID.test(traceId) ? traceId : 'none';
  return `${method} ${path.split('?', 1)[0] ?? ''} → ${status}, traceId ${named}`;
};
