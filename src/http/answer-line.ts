import { isJsonObject, textAt } from '../foundation/json.ts';
import { quote } from './quote.ts';
import type { HttpRequest, HttpResponse } from './client.ts';

/** Which request was answered how, for logs and maintainers. Without the query: a broker's address may carry a key in it. */
export const answerLine = (
  { method, path }: Pick<HttpRequest, 'method' | 'path'>,
  { status, body }: Pick<HttpResponse, 'status' | 'body'>,
): string => {
  const traceId = isJsonObject(body) ? textAt(body, 'traceId') : undefined;
  return `${method} ${path.split('?', 1)[0] ?? ''} → ${status}, traceId ${traceId === undefined ? 'none' : quote(traceId)}`;
};
