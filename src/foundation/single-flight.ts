/** Lets one call of `work` run at a time: who asks meanwhile gets the same promise. */
export const singleFlight = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let inFlight: Promise<T> | undefined;
  return () => {
    inFlight ??= work().finally(() => {
      inFlight = undefined;
    });
    return inFlight;
  };
};
