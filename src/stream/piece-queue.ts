/** A piece that a lane has taken. */
export interface Taken<Piece> {
  readonly piece: Piece;
  /** To be told once it is known what comes of the piece: parts that other lanes may take. A second time does nothing. */
  readonly decided: (parts: readonly Piece[]) => void;
}

/** Hands out the pieces of a walk, the lowest first; parts of a piece that is divided come in its place. */
export interface PieceQueue<Piece> {
  /** Waits while a piece that was taken may still be divided. @returns undefined when there is nothing left */
  readonly take: () => Promise<Taken<Piece> | undefined>;
}

export const createPieceQueue = <Piece>(pieces: readonly Piece[]): PieceQueue<Piece> => {
  const waiting = [...pieces];
  const idle: (() => void)[] = [];
  let undecided = 0;
  const taken = (piece: Piece): Taken<Piece> => {
    let isOpen = true;
    undecided += 1;
    return {
      piece,
      decided: (parts) => {
        if (!isOpen) return;
        isOpen = false;
        undecided -= 1;
        waiting.unshift(...parts);
        for (const wake of idle.splice(0)) wake();
      },
    };
  };
  return {
    take: async () => {
      for (;;) {
        const piece = waiting.shift();
        if (piece !== undefined) return taken(piece);
        if (undecided === 0) return undefined;
        await new Promise<void>((wake) => {
          idle.push(wake);
        });
      }
    },
  };
};
