import { setMaxListeners } from 'node:events';

/** An end of some work that comes with the end of the whole, or before it. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
  /** Lets go of the whole; to be called when the work has ended. */
  readonly unlink: () => void;
}

/** Not `AbortSignal.any`, which keeps a trace of every such signal in a whole that lives as long as the process. */
export const linkedAbort = (whole: AbortSignal): LinkedAbort => {
  const controller = new AbortController();
  const { signal } = controller;
  // Everything that is under way listens to it, which is many and no leak.
  setMaxListeners(0, signal);
  const stop = (): void => {
    controller.abort(whole.reason);
  };
  if (whole.aborted) stop();
  else whole.addEventListener('abort', stop);
  return {
    signal,
    abort: (reason) => {
      controller.abort(reason);
    },
    unlink: () => {
      whole.removeEventListener('abort', stop);
    },
  };
};
