import type { JsonValue } from '../foundation/json.ts';
import { isTooDeep, MOST_LEVELS } from '../foundation/nesting.ts';
import type { HttpRequest, HttpResponse } from './client.ts';
import { describeRequest } from './describe-request.ts';
import { httpError } from './http-errors.ts';

/** An answer before anybody has looked into it. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: HttpResponse['headers'];
  /** Decoded, if it was compressed. */
  readonly bytes: Buffer;
}

const parsed = (text: string, isJsonExpected: boolean): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    if (isJsonExpected) throw error;
    return text;
  }
};

/**
 * Reads an answer's bytes.
 * @throws ConnectorError for a success that breaks off or is no JSON (transient), or that no walk could go through
 */
export const parseAnswer = ({ status, headers, bytes }: RawAnswer, request: HttpRequest): HttpResponse => {
  const isJson = /\bjson\b/i.test(headers['content-type'] ?? '');
  const isSuccess = status >= 200 && status < 300 && status !== 204;
  // Services that were not written for machines put a byte order mark first.
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  const answer = { status, headers, sizeBytes: bytes.length };
  const { whom, what } = describeRequest(request);
  const internalMessage = `${what} → ${status}, ${bytes.length} bytes of JSON`;
  if (isTooDeep(bytes)) {
    // What went wrong is told by the status; only a success has to be read.
    if (!isSuccess) return { ...answer, body: text };
    throw httpError('answer_too_deep', { whom, levels: MOST_LEVELS }, { internalMessage, status });
  }
  try {
    return { ...answer, body: parsed(text, isJson && isSuccess) };
  } catch {
    const problem = `${internalMessage} that cannot be read`;
    throw httpError('answer_unreadable', { whom }, { internalMessage: problem, status });
  }
};
