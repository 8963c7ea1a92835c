import type { Normalise } from '../stream/normalise.ts';

/** Remembers the latest value of a column of times while records are made. */
export interface Newest {
  readonly watch: (normalise: Normalise) => Normalise;
  readonly value: () => string | undefined;
}

/** @param column undefined where no column tells what is new */
export const createNewest = (column: string | undefined): Newest => {
  let newest: string | undefined;
  return {
    watch: (normalise) => {
      if (column === undefined) return normalise;
      return (...row) => {
        const record = normalise(...row);
        const value = record.data[column];
        // Times are written in one way, so that their order is that of their texts.
        if (typeof value === 'string' && (newest === undefined || value > newest)) newest = value;
        return record;
      };
    },
    value: () => newest,
  };
};
