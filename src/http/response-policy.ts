import type { ConnectorError } from '../foundation/errors.ts';
import { isJsonObject, textAt } from '../foundation/json.ts';
import { answerText } from './answer-text.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import { type Finding, findingFor, type RuleContext } from './response-rules.ts';

/** What to do with an answer; `error` is what to throw when that leads nowhere. */
export type Verdict =
  { readonly action: 'SUCCESS' } | { readonly action: Finding['action']; readonly error: ConnectorError };

export interface Question extends RuleContext {
  readonly request: Pick<HttpRequest, 'method' | 'path'>;
}

const internalMessageOf = ({ request }: Question, { status, body }: HttpResponse): string => {
  const traceId = isJsonObject(body) ? textAt(body, 'traceId') : undefined;
  // The query is left out: a broker's address may carry a key in it.
  const path = request.path.split('?', 1)[0] ?? '';
  return `${request.method} ${path} → ${status}, traceId ${traceId ?? 'none'}`;
};

/** The one place that knows what HighLevel's statuses and error texts mean. Pure. */
export const judge = (response: HttpResponse, question: Question): Verdict => {
  const { status, body } = response;
  const isPage = typeof body === 'string' && body !== '';
  if (status >= 200 && status < 300 && !isPage) return { action: 'SUCCESS' };
  const finding = findingFor({ status, body, text: answerText(body) }, question);
  const { action, make, message, reach, access } = finding;
  const internalMessage = internalMessageOf(question, response);
  return { action, error: make(message, { reach, access, status, internalMessage }) };
};
