import type { JsonObject } from '../foundation/json.ts';
import { mergeBounded } from '../foundation/merge.ts';
import {
  type Account,
  fetchFirst,
  type LaneContext,
  type LaneEvent,
  pieceLane,
  readUndivided,
} from './piece-lane.ts';
import { createPieceQueue } from './piece-queue.ts';
import type { WalkDependencies, WalkPlan } from './walk.ts';
import { createWalkProgress, type Piece, type Place, type WalkProgress } from './walk-progress.ts';

export interface PiecesPlan extends Omit<WalkPlan, 'range' | 'resume'> {
  /** What to read, ascending and apart; large ones are divided among the lanes. */
  readonly pieces: readonly Piece[];
}

interface PiecesDependencies extends WalkDependencies {
  /** Pieces read at once; at least 1. */
  readonly lanes: number;
}

/** A step of a walk in pieces; it and those before it cover everything but `unread`. */
export interface PiecesStep {
  /** Empty again once the next step is asked for. */
  readonly rows: readonly JsonObject[];
  /** The largest key seen up to which every row has been yielded; epoch ms, undefined while nothing can be claimed. */
  readonly claimed: number | undefined;
  /** What has not been yielded yet, ascending. */
  readonly unread: readonly Place[];
  /** True where the server counts more rows than it gives. */
  readonly isShort: boolean;
  readonly release: () => void;
}

const nothing = (): void => undefined;

/** What an event of a lane means for the whole. Called when its rows are taken, so that nothing is claimed before. */
const toStep = (progress: WalkProgress, { piece, step }: LaneEvent): PiecesStep => {
  if (step === undefined) progress.finish(piece);
  else progress.observe(piece, step);
  const { rows = [], isShort = false, release = nothing } = step ?? {};
  return { rows, isShort, release, claimed: progress.claimed(), unread: progress.places() };
};

/** Rows that the pieces of an account must have brought: what was counted before and after. */
const expectedOf = async (context: LaneContext, { piece, read, total = 0 }: Account): Promise<number> => {
  if (read >= total) return total;
  const page = await fetchFirst(context, piece);
  page.release();
  return Math.min(total, page.total ?? 0);
};

/**
 * Compares what the pieces of a divided span brought with the server's count of the whole: its pieces may each be whole
 * by themselves and rows yet lie between them, if the server takes their edges for other instants than we do.
 */
async function* verify(context: LaneContext, account: Account): AsyncGenerator<LaneEvent, void> {
  const { plan, dependencies, progress } = context;
  const { piece, read } = account;
  const expected = await expectedOf(context, account);
  if (read >= expected) {
    dependencies.counted?.(read, expected);
    return;
  }
  dependencies.log.warn(
    `${plan.purpose}: ${read} of ${expected} rows came in several parts; reading it again in one.`,
  );
  progress.restart(piece);
  yield* readUndivided(context, { piece, account: { ...account, isDivided: false } });
}

/**
 * Walks a search in several lanes at once. Each piece is a closed span of the key and is read like a walk of its own, with
 * its order verified and its rows counted; a large one is divided as soon as its first answer tells.
 */
export async function* walkInPieces(
  { pieces, ...plan }: PiecesPlan,
  { lanes, ...dependencies }: PiecesDependencies,
): AsyncGenerator<PiecesStep, void> {
  const accounts = pieces.map((piece): Account => {
    return { piece, total: undefined, came: 0, read: 0, isDivided: false };
  });
  const progress = createWalkProgress(pieces);
  const context: LaneContext = { plan, dependencies, lanes, accounts, progress };
  const queue = createPieceQueue(accounts.map((account) => ({ piece: account.piece, account })));
  const readers = Array.from({ length: lanes }, () => () => pieceLane(context, queue));
  for await (const event of mergeBounded(readers, lanes)) yield toStep(progress, event);
  for (const account of accounts.filter(({ isDivided }) => isDivided)) {
    for await (const event of verify(context, account)) yield toStep(progress, event);
  }
}
