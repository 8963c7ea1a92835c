import { answerLine } from './answer-line.ts';
import { answerText } from './answer-text.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import { type Finding, findingFor, type RuleContext } from './response-rules.ts';

/** What to do with an answer; `error` is what to throw when that leads nowhere. */
export type Verdict = { readonly action: 'SUCCESS' } | Finding;

export interface Question extends RuleContext {
  readonly request: Pick<HttpRequest, 'method' | 'path'>;
}

/** The one place that knows what HighLevel's statuses and error texts mean. Pure. */
export const judge = (response: HttpResponse, question: Question): Verdict => {
  const { status, body } = response;
  const isPage = typeof body === 'string' && body !== '';
  if (status >= 200 && status < 300 && !isPage) return { action: 'SUCCESS' };
  const details = { status, internalMessage: answerLine(question.request, response) };
  return findingFor({ status, body, text: answerText(body), details }, question);
};
