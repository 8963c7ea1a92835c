import type { WriteStream } from 'node:tty';
import type { Runtime } from '../foundation/runtime.ts';
import type { SyncWatch } from '../source/sync-watch.ts';
import { createProgress } from './progress.ts';

const REDRAW_MS = 250;

/** Shows a sync's progress on a terminal, redrawn a few times a second until the sync has ended. */
export const watchOnTerminal = async (
  terminal: WriteStream,
  { now }: Pick<Runtime, 'now'>,
): Promise<SyncWatch> => {
  const { createLogUpdate } = await import('log-update');
  // The cursor stays as it is: a library that hides it listens to signals to show it again.
  const update = createLogUpdate(terminal, { showCursor: true });
  const progress = createProgress({
    now,
    line: update,
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    ...progress,
    syncStarted: (pace) => {
      progress.syncStarted(pace);
      timer = setInterval(progress.draw, REDRAW_MS);
      // It is no reason for the process to go on.
      timer.unref();
    },
    syncEnded: () => {
      clearInterval(timer);
      progress.syncEnded();
    },
  };
};
