import { isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import type { ReadEvent } from './read-event.ts';

/** What a full refresh has left in the state, if it was one of the same job: only its retry takes it up. */
export const fullRefreshOf = (
  state: JsonObject | undefined,
  job: string | undefined,
): JsonObject | undefined => {
  const part = state?.['full_refresh'];
  return job !== undefined && isJsonObject(part) && part['job'] === job ? part : undefined;
};

/** A full refresh on its way, or `done`, as the state carries it. */
export const fullRefreshState = (job: string, part: Readonly<Record<string, JsonValue>>): JsonObject => ({
  full_refresh: { job, ...part },
});

/** Reads a location once a job: a retry of the same job leaves out the locations that are done. */
export async function* onceAJob(
  all: () => AsyncGenerator<ReadEvent, void>,
  state: JsonObject | undefined,
  job: string | undefined,
): AsyncGenerator<ReadEvent, void> {
  if (fullRefreshOf(state, job)?.['done'] === true) return;
  yield* all();
  if (job !== undefined) yield { kind: 'checkpoint', cursor: fullRefreshState(job, { done: true }) };
}
