import type { JsonObject } from '../foundation/json.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { incrementalReader } from '../stream/reader.ts';
import { createStreamState } from './stream-state.ts';

/**
 * Whether a stream can go on from its state. One that cannot says so itself; until then its state must not name
 * locations to the others, which would take them for gone.
 */
export const isReadableState = (stream: StreamDefinition, state: JsonObject): boolean => {
  const reader = incrementalReader(stream);
  if (reader === undefined) return false;
  try {
    createStreamState(state, reader.check);
    return true;
  } catch {
    return false;
  }
};
