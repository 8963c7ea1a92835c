import { ConnectorError } from '../foundation/errors.ts';
import { dividePiece, type Division } from './divide-piece.ts';
import type { PieceQueue, Taken } from './piece-queue.ts';
import { rowsOfPage } from './read-event.ts';
import type { FetchPage, SearchPage } from './search-page.ts';
import { walk, type WalkDependencies, type WalkPlan, type WalkStep } from './walk.ts';
import type { Piece, WalkProgress } from './walk-progress.ts';

/** What is known of a span that was to be read, over all the pieces it was divided into. */
export interface Account {
  /** As it was given. */
  readonly piece: Piece;
  /** Rows by the first answer; undefined while it is not there, or does not say. */
  total: number | undefined;
  /** Rows that have come. */
  came: number;
  /** Distinct rows of the pieces that have ended. */
  read: number;
  isDivided: boolean;
}

/** A piece for a lane. */
export interface Task {
  readonly piece: Piece;
  readonly account: Account;
}

/** What a lane says of its piece; no step: it has ended. */
export interface LaneEvent {
  readonly piece: Piece;
  readonly step: WalkStep | undefined;
}

/** What the lanes of a walk share. */
export interface LaneContext {
  readonly plan: Omit<WalkPlan, 'range' | 'resume'>;
  readonly dependencies: WalkDependencies;
  readonly lanes: number;
  readonly accounts: readonly Account[];
  readonly progress: WalkProgress;
}

/** Fetches the first page of a piece. */
export const fetchFirst = (
  { plan: { key, filters }, dependencies: { fetch } }: LaneContext,
  { span }: Piece,
): Promise<SearchPage> => fetch({ filters: filters(span), sortField: key.field, after: undefined });

/** The page that is at hand instead of the first one that is asked for. */
const startingWith = (first: SearchPage | undefined, fetch: FetchPage): FetchPage => {
  let waiting = first;
  return (request) => {
    const page = waiting;
    waiting = undefined;
    return page === undefined ? fetch(request) : Promise.resolve(page);
  };
};

/** Reads a piece from its first page to its last. */
export async function* readUndivided(
  { plan, dependencies }: LaneContext,
  { piece, account }: Task,
  first?: SearchPage,
): AsyncGenerator<LaneEvent, void> {
  const { fetch, counted, expects } = dependencies;
  const steps = walk(
    { ...plan, range: piece.span, resume: piece.resume },
    {
      ...dependencies,
      fetch: startingWith(first, fetch),
      expects: account.isDivided ? undefined : expects,
      counted: (ids, expected) => {
        account.read += ids;
        if (!account.isDivided) counted?.(ids, expected);
      },
    },
  );
  for await (const step of steps) {
    account.came += step.rows.length;
    yield { piece, step };
  }
  yield { piece, step: undefined };
}

/** Answers to a place that the server does not know, or not any more. */
const REFUSED: ReadonlySet<number | undefined> = new Set([400, 422]);

const isRefusedPlace = (thrown: unknown): boolean =>
  thrown instanceof ConnectorError && thrown.access === undefined && REFUSED.has(thrown.status);

/** Goes on with a piece of an earlier attempt; from its beginning if its place is refused, and then rows come again. */
async function* readResumed(context: LaneContext, task: Task): AsyncGenerator<LaneEvent, void> {
  const { piece, account } = task;
  let hasCome = false;
  try {
    for await (const event of readUndivided(context, task)) {
      hasCome = true;
      yield event;
    }
  } catch (thrown) {
    if (hasCome || !isRefusedPlace(thrown)) throw thrown;
    const { log } = context.dependencies;
    log.warn(
      `${context.plan.purpose}: the place to go on from is not known any more; reading again from before it.`,
    );
    const anew: Piece = { span: piece.span, resume: undefined };
    context.progress.divide(piece, [anew]);
    yield* readUndivided(context, { piece: anew, account });
  }
}

/** What a division has at hand. */
async function* readHead(
  { key }: LaneContext['plan'],
  head: Piece,
  { rows: headRows }: Division,
  page: SearchPage,
): AsyncGenerator<LaneEvent, void> {
  const last = headRows.at(-1);
  const reached = last === undefined ? undefined : key.valueOf(last);
  const step = { after: undefined, reached, isDisordered: false, isWhole: true, isShort: false };
  const { rows, release } = rowsOfPage(headRows, page.release);
  yield await Promise.resolve({ piece: head, step: { ...step, rows, release } });
}

const remaining = (accounts: readonly Account[]): number =>
  accounts.reduce((sum, { total = 0, came }) => sum + Math.max(0, total - came), 0);

/** Divides a piece if it is large. */
const divide = (
  { plan: { key }, dependencies, lanes, accounts, progress }: LaneContext,
  { piece, account }: Task,
  page: SearchPage,
): { readonly division: Division; readonly head: Piece; readonly parts: readonly Task[] } | undefined => {
  const division = dividePiece(piece.span, page, { key, lanes, remaining: remaining(accounts) });
  if (division === undefined) return undefined;
  const head: Piece = { span: division.head, resume: undefined };
  const parts = division.parts.map((span): Task => ({ piece: { span, resume: undefined }, account }));
  progress.divide(piece, [head, ...parts.map((part) => part.piece)]);
  if (!account.isDivided) dependencies.expects?.(account.total ?? 0);
  account.isDivided = true;
  account.came += division.rows.length;
  account.read += division.rows.length;
  return { division, head, parts };
};

/** Reads a piece; of a large one only what the first page holds, while its parts go to whichever lane is free. */
async function* readTask(
  context: LaneContext,
  { piece: task, decided }: Taken<Task>,
): AsyncGenerator<LaneEvent, void> {
  if (task.piece.resume !== undefined) {
    decided([]);
    yield* readResumed(context, task);
    return;
  }
  const page = context.lanes > 1 ? await fetchFirst(context, task.piece) : undefined;
  try {
    task.account.total ??= page?.total;
    const divided = page === undefined ? undefined : divide(context, task, page);
    decided(divided?.parts ?? []);
    if (page === undefined || divided === undefined) yield* readUndivided(context, task, page);
    else yield* readHead(context.plan, divided.head, divided.division, page);
  } finally {
    page?.release();
  }
}

/** One lane: reads piece after piece until nothing is left. */
export async function* pieceLane(
  context: LaneContext,
  queue: PieceQueue<Task>,
): AsyncGenerator<LaneEvent, void> {
  for (let taken = await queue.take(); taken !== undefined; taken = await queue.take()) {
    try {
      yield* readTask(context, taken);
    } finally {
      // Whatever became of it: other lanes may wait to hear of it.
      taken.decided([]);
    }
  }
}
