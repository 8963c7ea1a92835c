import { drainParents } from './drain-parents.ts';
import { fullRefreshOf, fullRefreshState } from './full-refresh.ts';
import type { LocationRead } from './location-read.ts';
import type { ReadEvent } from './read-event.ts';
import { readPass } from './read-pass.ts';
import { readRecent } from './read-recent.ts';
import type { WindowsStream } from './read-window.ts';
import { parsePass, passJson } from './window-cursor.ts';
import { isSinceStart } from './window-news.ts';
import { LAG_MS, windowRange } from './window-range.ts';

/**
 * Reads a location by windows, all of them. With a job, a retry of the same job goes on at the window that was not
 * finished.
 */
export async function* readWindowsInFull(
  stream: WindowsStream,
  read: LocationRead,
): AsyncGenerator<ReadEvent, void> {
  const { context, state, startDate, job } = read;
  const { retrieval } = stream;
  const resumed = fullRefreshOf(state, job);
  if (resumed?.['done'] === true) return;
  const now = (await context.serverNow()) - LAG_MS;
  const { parents, hasGap } = yield* drainParents(retrieval.parents, context);
  const { beginning, aheadMs } = windowRange(retrieval, read);
  const begun = { next: beginning, until: now + aheadMs, began: now, hasGap };
  // Windows since the start date do not hold older rows that changed since.
  if (startDate !== undefined) yield* readRecent(stream, read, startDate);
  const steps = readPass(
    { stream, context: { ...context, isOver: () => false }, parents },
    {
      pass: parsePass(resumed?.['reading']) ?? begun,
      isWanted: isSinceStart(retrieval, startDate),
      cursorAt: (at) => fullRefreshState(job ?? '', { reading: passJson(at) }),
    },
  );
  // Without a job there is nothing to tell a retry from a new sync.
  for await (const event of steps) if (event.kind !== 'checkpoint' || job !== undefined) yield event;
  if (job !== undefined) yield { kind: 'checkpoint', cursor: fullRefreshState(job, { done: true }) };
}
