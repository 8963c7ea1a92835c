/** How many of something are expected: `least` to `most`, which are the same where it is known. */
export interface Amount {
  readonly least: number;
  /** Undefined where nobody says. */
  readonly most: number | undefined;
}

export const exactly = (count: number): Amount => ({ least: count, most: count });

export const UNKNOWN: Amount = { least: 0, most: undefined };
export const NONE: Amount = exactly(0);

export const atMost = ({ most }: Amount): Amount => ({ least: 0, most });
export const atLeast = ({ least }: Amount): Amount => ({ least, most: undefined });

export const sumOf = (amounts: readonly Amount[]): Amount =>
  amounts.reduce(
    (sum, { least, most }) => ({
      least: sum.least + least,
      most: sum.most === undefined || most === undefined ? undefined : sum.most + most,
    }),
    NONE,
  );

/** The amount that comes of each number that it may be; the larger of them have to give the larger ones. */
export const mapAmount = ({ least, most }: Amount, of: (count: number) => number): Amount => ({
  least: of(least),
  most: most === undefined ? undefined : of(most),
});

/** What to reckon with: rather too much than too little. */
export const expectedOf = ({ least, most }: Amount): number => most ?? least;
