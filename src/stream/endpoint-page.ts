import { systemError } from '../foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { answerText } from '../http/answer-text.ts';
import type { HttpRequest, HttpResponse, Query } from '../http/client.ts';
import { heldRows, type HeldRows, holdAnswer } from './answer.ts';
import type { Endpoint, EndpointSlice, Pass } from './endpoint.ts';
import type { ReadContext } from './read-context.ts';
import type { RowsOfAnswer, Select } from './selectors.ts';

/** What is read of which endpoint. */
export interface SliceRead {
  /** The stream the rows are of; its answers are alike. */
  readonly stream: string;
  /** The scope the endpoint needs. */
  readonly scope: string | undefined;
  readonly endpoint: Endpoint;
  readonly slice: EndpointSlice;
  readonly pass: Pass;
  readonly context: ReadContext;
}

/** Rows in memory, or the news that what they belong to is gone. */
export interface EndpointPage extends HeldRows {
  readonly body: JsonValue;
  /** The parent that was asked for does not exist any more. */
  readonly isGone: boolean;
}

/** "Cannot GET /…" is what the API says of a path that it does not have, which is another matter. */
const NO_SUCH_PATH = /^cannot (get|post)\b/i;

/** Whether an answer says that the parent does not exist (any more). */
const saysGone = ({ status, body }: HttpResponse): boolean => {
  const text = answerText(body);
  // A page instead of an answer is somebody else's.
  if (!isJsonObject(body) || NO_SUCH_PATH.test(text)) return false;
  return status === 404 || ((status === 400 || status === 422) && /not found|does ?n[o']t exist/i.test(text));
};

const queryValue = (name: string, value: JsonValue): string | number | boolean => {
  if (value === null || isJsonArray(value) || isJsonObject(value)) {
    throw systemError(`The parameter ${name} cannot stand in a query.`);
  }
  return value;
};

const queryOf = (parameters: JsonObject): Query =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, queryValue(name, value)]));

const requestOf = ({ endpoint, slice, pass }: SliceRead, paging: JsonObject): HttpRequest => {
  const { path, parameters } = endpoint.request(slice);
  const all = { ...parameters, ...pass.parameters, ...paging };
  const common = { path, headers: { version: endpoint.version } };
  return endpoint.method === 'GET'
    ? { ...common, method: 'GET', query: queryOf(all) }
    : { ...common, method: 'POST', body: { kind: 'json', value: all } };
};

/** Rows with what the pass knows of them. */
const marked = (answer: RowsOfAnswer, { marks }: Pass): RowsOfAnswer =>
  marks === undefined ? answer : { ...answer, rows: answer.rows.map((row) => ({ ...marks, ...row })) };

/** Fetches one page of an endpoint. A parent that is gone is an answer; everything else that fails is thrown. */
export const fetchEndpointPage = async (read: SliceRead, paging: JsonObject): Promise<EndpointPage> => {
  const { stream, scope, endpoint, slice, pass, context } = read;
  const accepts = slice.parent === undefined ? {} : { accepts: saysGone };
  const held = await holdAnswer(context, stream, (room) =>
    context.send(requestOf(read, paging), { scope, room, ...accepts }),
  );
  const { status, body } = held.response;
  if (status < 300) {
    const select: Select = (answer) => marked(endpoint.select(answer), pass);
    return { ...heldRows(held, select), body, isGone: false };
  }
  held.release();
  return { rows: [], total: undefined, body: null, isGone: true, release: held.release };
};
