import type { JsonObject } from '../foundation/json.ts';
import { createStreamOutput, type StreamOutput } from './stream-output.ts';
import type { Sync } from './sync.ts';

/** What a stream leaves behind that has nothing to remember. */
export const NO_STATE: JsonObject = { __ab_no_cursor_state_message: true };

/** The messages of a stream whose rows tell of the sync itself: nothing of it can be taken up again. */
export const createStatelessOutput = (
  { emitter, runtime }: Pick<Sync, 'emitter' | 'runtime'>,
  name: string,
): StreamOutput =>
  createStreamOutput({ name, emitter, now: runtime.now, state: () => NO_STATE, hasCheckpoints: false });
