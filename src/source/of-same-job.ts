import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';

/** The part of a state that a full refresh may take up: what another attempt of the same job has done. */
export const ofSameJob = (
  state: JsonObject | undefined,
  jobId: string | undefined,
): JsonObject | undefined => {
  const states = state?.['states'];
  if (jobId === undefined || !isJsonArray(states)) return undefined;
  const isOfJob = (entry: JsonValue): boolean => {
    const cursor = isJsonObject(entry) ? entry['cursor'] : undefined;
    const fullRefresh = isJsonObject(cursor) ? cursor['full_refresh'] : undefined;
    return isJsonObject(fullRefresh) && fullRefresh['job'] === jobId;
  };
  return { states: states.filter(isOfJob) };
};
