import type { Simulator } from '../../integration_tests/simulator/simulator.ts';
import { isJsonArray, isJsonObject, type JsonObject } from '../../src/foundation/json.ts';

export const PAGE_SIZE = 100;

interface Question {
  readonly path: string;
  readonly token: string;
  readonly body?: JsonObject;
  readonly list: string;
}

/** Asks the simulator behind the connector's back; what it asks counts for nobody's quota but its own. */
export const askSimulator = async (
  { handle }: Simulator,
  { path, token, body, list }: Question,
): Promise<readonly JsonObject[]> => {
  const response = await handle(
    new Request(`http://highlevel.invalid${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        version: '2021-07-28',
        accept: 'application/json',
        'content-type': 'application/json',
        'user-agent': 'demo/1.0',
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  );
  const answer: unknown = await response.json();
  const rows = isJsonObject(answer) ? answer[list] : undefined;
  if (!isJsonArray(rows)) throw new Error(`No truth from ${path}: ${JSON.stringify(answer).slice(0, 300)}`);
  return rows.filter(isJsonObject);
};

/** All pages of a list, which ends with an empty one; a page goes by its number, from 0, or by the last row of the one before. */
export const askAll = async (
  simulator: Simulator,
  question: (page: number, last: JsonObject | undefined) => Question,
): Promise<readonly JsonObject[]> => {
  const all: JsonObject[] = [];
  for (let page = 0; ; page += 1) {
    const rows = await askSimulator(simulator, question(page, all.at(-1)));
    if (rows.length === 0) return all;
    all.push(...rows);
  }
};
