export interface Deadline {
  /** Aborted when the time is over or the caller's signal is. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** Lets go of the caller's signal, which may live much longer. */
  readonly clear: () => void;
}

/**
 * A limit of real time together with the caller's signal. Not AbortSignal.any: that keeps a trace of every call in a
 * long-lived signal.
 */
export const withDeadline = (timeoutMs: number, signal?: AbortSignal): Deadline => {
  const controller = new AbortController();
  const timer = AbortSignal.timeout(timeoutMs);
  const abort = (): void => {
    controller.abort();
  };
  timer.addEventListener('abort', abort);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted === true) abort();
  return {
    signal: controller.signal,
    isOver: () => timer.aborted,
    clear: () => {
      timer.removeEventListener('abort', abort);
      signal?.removeEventListener('abort', abort);
    },
  };
};
