/** Tells answers without pages that were cut off in silence. */
export interface CutWatch {
  /** @param total of rows there are, if the answer says so */
  readonly isCut: (rows: number, total: number | undefined) => boolean;
}

/** An answer of just so many rows may have been cut off there. */
const LIKELY_CAPS: ReadonlySet<number> = new Set([50, 100, 200, 250, 500, 1000, 2000]);

/** A server that cuts answers off cuts them at one length: one that is shorter than another was is not cut, whatever it counts. */
export const createCutWatch = (): CutWatch => {
  let longest = 0;
  return {
    isCut: (rows, total) => {
      const mayBe = rows > 0 && rows >= longest;
      longest = Math.max(longest, rows);
      return total === undefined ? LIKELY_CAPS.has(rows) : rows < total && mayBe;
    },
  };
};
