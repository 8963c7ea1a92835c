import type { PageToken } from './definition.ts';
import { joinSpans, type Span } from './span.ts';

/** A part of a walk, which one lane reads. */
export interface Piece {
  readonly span: Span;
  /** Where an earlier walk of the same span ended, and how many of its rows had come. */
  readonly resume: { readonly after: PageToken; readonly rows: number } | undefined;
}

/** How far a piece has been read. */
export interface Place extends Piece {
  /** Every row of the piece before this has come; epoch ms, undefined when nothing can be claimed. */
  readonly reached: number | undefined;
}

/** What a step of a piece says. */
interface PieceNews {
  readonly rows: readonly unknown[];
  readonly after: PageToken | undefined;
  readonly reached: number | undefined;
  readonly isDisordered: boolean;
  readonly isWhole: boolean;
}

interface Entry {
  readonly piece: Piece;
  place: Place;
  isDone: boolean;
}

/** Keeps account of the pieces of a walk. Told of rows when they are taken, not when they are fetched. */
export interface WalkProgress {
  /** Puts parts in the place of a piece. */
  readonly divide: (piece: Piece, parts: readonly Piece[]) => void;
  readonly observe: (piece: Piece, news: PieceNews) => void;
  readonly finish: (piece: Piece) => void;
  /** Makes one unread piece of all that cover the same span. */
  readonly restart: (piece: Piece) => void;
  /** The largest key seen, up to which everything has come; epoch ms, undefined when nothing can be claimed yet. */
  readonly claimed: () => number | undefined;
  /** What has not come yet, ascending, with the places to go on from. */
  readonly places: () => readonly Place[];
}

const entryOf = (piece: Piece): Entry => ({ piece, place: { ...piece, reached: undefined }, isDone: false });

export const createWalkProgress = (pieces: readonly Piece[]): WalkProgress => {
  let entries = pieces.map(entryOf);

  const change = (piece: Piece, work: (entry: Entry) => void): void => {
    const entry = entries.find((one) => one.piece === piece);
    if (entry !== undefined) work(entry);
  };
  const isWithin = ({ span }: Piece, { since, before }: Span): boolean =>
    (span.since ?? -Infinity) >= (since ?? -Infinity) && span.before <= before;
  return {
    divide: (piece, parts) => {
      entries = entries.flatMap((entry) => (entry.piece === piece ? parts.map(entryOf) : [entry]));
    },
    observe: (piece, { rows, after, reached, isDisordered, isWhole }) => {
      change(piece, (entry) => {
        entry.isDone = isWhole || (entry.isDone && !isDisordered);
        const before = entry.place.resume?.rows ?? 0;
        const resume = after === undefined ? entry.place.resume : { after, rows: before + rows.length };
        // What came before may lie beyond rows that are still to come.
        entry.place = isDisordered
          ? { ...entry.place, resume, reached: undefined }
          : { ...entry.place, resume, reached: reached ?? entry.place.reached };
      });
    },
    finish: (piece) => {
      change(piece, (entry) => {
        entry.isDone = true;
      });
    },
    restart: (piece) => {
      const first = entries.findIndex((entry) => isWithin(entry.piece, piece.span));
      const others = entries.filter((entry) => !isWithin(entry.piece, piece.span));
      entries = [...others.slice(0, first), entryOf(piece), ...others.slice(first)];
    },
    claimed: () => {
      let claim: number | undefined;
      for (const { place, isDone } of entries) {
        if (place.reached !== undefined) claim = Math.max(claim ?? -Infinity, place.reached);
        if (!isDone) break;
      }
      return claim;
    },
    places: () => entries.flatMap(({ place, isDone }) => (isDone ? [] : [place])),
  };
};

/** What is still to be read, for walks that are taken up by the page: pieces that nobody has begun are joined. */
export const joinUnbegun = (places: readonly Piece[]): readonly Piece[] =>
  places.reduce<readonly Piece[]>((joined, { span, resume }) => {
    const last = joined.at(-1);
    const follows = last?.resume === undefined && resume === undefined && last?.span.before === span.since;
    return follows && last !== undefined
      ? [...joined.slice(0, -1), { span: { since: last.span.since, before: span.before }, resume }]
      : [...joined, { span, resume }];
  }, []);

/**
 * The spans that are still to be read, for walks that are taken up by the key. The first one begins at what was seen, not
 * at the edge of a piece.
 */
export const unreadSpans = (
  places: readonly Place[],
  { since, claimed }: { readonly since: number | undefined; readonly claimed: number | undefined },
): readonly Span[] => {
  const [first, ...others] = joinSpans(
    places.map(({ span, reached }) => ({ since: reached ?? span.since, before: span.before })),
  );
  if (first === undefined) return [];
  const seen = claimed ?? since;
  const from = first.since === undefined || seen === undefined ? undefined : Math.min(first.since, seen);
  return [{ ...first, since: from }, ...others];
};
