import type { LocationRead } from './location-read.ts';
import type { ReadEvent } from './read-event.ts';
import type { WindowsStream } from './read-window.ts';
import { walkDown } from './walk-down.ts';

/** The rows that changed since an instant (epoch ms), newest first, where the API can order by change; else nothing. */
export async function* readRecent(
  { name, scope, retrieval: { recent } }: WindowsStream,
  { context }: Pick<LocationRead, 'context'>,
  since: number,
): AsyncGenerator<ReadEvent, void> {
  if (recent === undefined) return;
  const slice = { locationId: context.locationId };
  const steps = walkDown({
    read: { stream: name, scope, slice, context },
    descent: recent,
    after: undefined,
    downTo: since,
  });
  for await (const { rows, release } of steps) yield { kind: 'rows', rows, release };
}
