import { createStatusWriter } from './status-writer.ts';
import type { ReadDependencies } from './sync.ts';

/** Marks a stream that nothing is read of. */
export const rejectStream = async (
  { emitter, runtime }: Pick<ReadDependencies, 'emitter' | 'runtime'>,
  name: string,
): Promise<void> => {
  const status = createStatusWriter(name, emitter, runtime.now);
  await status.started();
  await status.ended('INCOMPLETE');
};
