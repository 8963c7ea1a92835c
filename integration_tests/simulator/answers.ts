import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import type { KeptBytes } from './page-cache.ts';

/** What a route answers; `traceId` and the headers every answer carries are added later. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  /** Besides those that every answer has. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent instead of `body`: a few lists come without an object around them. */
  readonly bare?: readonly JsonObject[];
  /** A serialised object without its closing brace, which `body` continues. */
  readonly start?: KeptBytes;
}

/** Thrown by whatever refuses a request; carries the answer to send. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`${answer.status} ${JSON.stringify(answer.body)}`);
    this.name = 'Refusal';
    this.answer = answer;
  }
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
};

/** HighLevel's envelope; the 401s of its gateway have been observed without `error`. */
export const envelope = (status: number, message: JsonValue): Answer => {
  const error = NAMES[status];
  return { status, body: { statusCode: status, message, ...(error === undefined ? {} : { error }) } };
};

export const refusal = (status: number, message: JsonValue): Refusal =>
  new Refusal(envelope(status, message));

/** The two-field error of the token endpoint. */
export const oauthRefusal = (status: number, error: string, description: string): Refusal =>
  new Refusal({ status, body: { error, error_description: description } });

export const notFound = (method: string, path: string): Refusal => refusal(404, `Cannot ${method} ${path}`);
