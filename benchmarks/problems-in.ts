import { isJsonObject, type JsonObject, textAt } from '../src/foundation/json.ts';

const SERIOUS = new Set(['WARN', 'ERROR', 'FATAL']);

/** What messages of a sync warn about or fail with. */
export const problemsIn = (messages: readonly JsonObject[]): readonly string[] =>
  messages.flatMap(({ log, trace }) => {
    if (isJsonObject(log) && SERIOUS.has(textAt(log, 'level') ?? '')) return [textAt(log, 'message') ?? ''];
    if (isJsonObject(trace) && trace['type'] === 'ERROR') return [JSON.stringify(trace['error'])];
    return [];
  });
