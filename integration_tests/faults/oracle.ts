import type { JsonObject } from '../../src/foundation/json.ts';
import type { SyncMode } from '../../src/protocol/messages.ts';
import type { World } from '../simulator/world.ts';
import type { Destination } from './destination.ts';
import type { Ledger, RowHistory, RowKey } from './ledger.ts';
import { rowIdOf, type StreamTable } from './stream-table.ts';

/** A run that ended well, as far as it concerns a stream of a location. */
export interface GoodRun {
  /** By HighLevel's clock; of the job's first attempt where a retry goes on with what an earlier attempt has read. */
  readonly beganAt: number;
  readonly startDate: number | undefined;
  /** It read everything anew, as each stream does once in a while. */
  readonly isDeep: boolean;
  /** It replaced the table. */
  readonly isInFull: boolean;
}

/** Remembers which runs ended well, and says what a destination must hold after them. */
export interface Oracle {
  readonly ended: (stream: string, locationId: string, run: GoodRun) => void;
  /** A table was replaced as a whole: what earlier runs brought is not in it any more. */
  readonly replaced: (stream: string) => void;
  /** Until then rows may have been left out: where nobody compares with all that is there, the next pass over everything brings them. */
  readonly mayLack: (untilMs: number) => void;
  /** What is missing, old or not gone; empty if nothing is. */
  readonly judge: () => readonly string[];
}

interface OracleOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly destination: Destination;
  readonly tables: readonly StreamTable[];
  readonly modes: ReadonlyMap<string, SyncMode>;
  readonly indexLagMs: number;
}

/** The `Date` of an answer has no milliseconds. */
const CLOCK_GRAIN_MS = 2_000;
/** Windows of time end so long before now. */
const WINDOW_LAG_MS = 125_000;
/** The shortest of the windows that are read again at each sync, less an hour. */
const RECENT_MS = 71 * 3_600_000;

const lagOf = ({ guarantee }: StreamTable, indexLagMs: number): number =>
  indexLagMs + (guarantee === 'all' ? CLOCK_GRAIN_MS : WINDOW_LAG_MS);

/** Whether a run may pass over what an earlier one should have brought, and did not because answers lacked it. */
const mayPassOver = (
  { guarantee, isMovedByUse }: StreamTable,
  { addedAt, changedAt }: RowHistory,
  { isDeep, startDate = -Infinity }: GoodRun,
  lackingUntil: number,
): boolean => {
  // The pass over everything goes by when rows were made: of older ones only the use is seen, when it is new.
  const isBeforeAll = isMovedByUse && addedAt < startDate;
  return guarantee !== 'all' && (!isDeep || isBeforeAll) && changedAt <= lackingUntil;
};

/** Whether the row must be there after a full refresh, in whatever version: editing it meanwhile does not remove it. */
const mustBeThere = (table: StreamTable, history: RowHistory, run: GoodRun, lagMs: number): boolean =>
  table.guarantee === 'all' &&
  !table.isMovedByUse &&
  run.isInFull &&
  history.addedAt <= run.beganAt - lagMs &&
  (!table.hasCursor || run.startDate === undefined || history.addedAt >= run.startDate);

/** Whether the row counts by a time before the start date. */
const isBeforeStart = (
  table: StreamTable,
  { addedAt, changedAt, usedAt }: RowHistory,
  { startDate = -Infinity }: GoodRun,
): boolean => {
  // What comes by creation or use begins at the start date by that.
  const placedAt = table.isMovedByUse && changedAt === usedAt ? usedAt : addedAt;
  return table.hasCursor && (table.guarantee === 'all' ? changedAt : placedAt) < startDate;
};

/** Whether the run must have brought the row as it is since its last change. */
const mustHaveSeen = (table: StreamTable, history: RowHistory, run: GoodRun, lagMs: number): boolean => {
  const { addedAt, changedAt, usedAt } = history;
  if (changedAt > run.beganAt - lagMs) return false;
  if (isBeforeStart(table, history, run)) return false;
  if (table.guarantee === 'all' || run.isDeep || changedAt === -Infinity) return true;
  if (table.guarantee === 'new') return changedAt === addedAt;
  // One that changed where it was is not at the front.
  if (table.isMovedByUse && changedAt !== usedAt) return false;
  return run.beganAt <= (table.isMovedByUse ? usedAt : addedAt) + RECENT_MS;
};

/** A row that comes with another one is passed over while that one changes, like that one itself. */
const historyWithOwner = (
  { world, ledger }: Pick<OracleOptions, 'world' | 'ledger'>,
  table: StreamTable,
  key: RowKey,
): RowHistory => {
  const history = ledger.historyOf(key);
  const { locationId, id } = key;
  const owner = table.owner?.(world, locationId, id);
  if (owner === undefined) return history;
  const { changedAt } = ledger.historyOf({ locationId, ...owner });
  return { ...history, changedAt: Math.max(history.changedAt, changedAt) };
};

type RunsOf = (stream: string, locationId: string) => readonly GoodRun[];

/** Rows of replaced tables that went before the run which filled them began. */
const remains = (
  { modes, destination, ledger, indexLagMs }: OracleOptions,
  table: StreamTable,
  runsOf: RunsOf,
): readonly string[] => {
  if (modes.get(table.stream) === 'incremental') return [];
  return [...destination.table(table.stream).keys()].flatMap((key) => {
    const [locationId = '', id = ''] = key.split('/');
    const { removedAt } = ledger.historyOf({ kind: table.kind, locationId, id });
    const run = runsOf(table.stream, locationId).at(-1);
    const isGone = removedAt !== undefined && run !== undefined;
    return isGone && removedAt < run.beganAt - lagOf(table, indexLagMs)
      ? [`${table.stream} ${id} of ${locationId} is still there`]
      : [];
  });
};

export const createOracle = (options: OracleOptions): Oracle => {
  const { world, ledger, destination, tables, modes, indexLagMs } = options;
  const runs = new Map<string, GoodRun[]>();
  let lackingUntil = -Infinity;
  const runsOf: RunsOf = (stream, locationId) => runs.get(`${stream} ${locationId}`) ?? [];

  const judgeRow = (table: StreamTable, locationId: string, row: JsonObject): readonly string[] => {
    const id = rowIdOf(row);
    const history = historyWithOwner({ world, ledger }, table, { kind: table.kind, locationId, id });
    const all = runsOf(table.stream, locationId);
    // A table that is replaced as a whole holds what the last run brought.
    const telling = modes.get(table.stream) === 'incremental' ? all : all.slice(-1);
    const lagMs = lagOf(table, indexLagMs);
    const isSeen = telling.some(
      (run) => !mayPassOver(table, history, run, lackingUntil) && mustHaveSeen(table, history, run, lagMs),
    );
    if (!isSeen && !telling.some((run) => mustBeThere(table, history, run, lagMs))) return [];
    const record = destination.table(table.stream).get(`${locationId}/${id}`);
    const where = `${table.stream} ${id} of ${locationId} (changed at ${history.changedAt})`;
    if (record === undefined) return [`${where} is missing`];
    const [is, should] = [table.ofRecord(record), table.ofRow(row)];
    return is === should || !isSeen ? [] : [`${where} is old: ${is} instead of ${should}`];
  };

  return {
    ended: (stream, locationId, run) => {
      const key = `${stream} ${locationId}`;
      runs.set(key, [...(runs.get(key) ?? []), run]);
    },
    replaced: (stream) => {
      for (const locationId of world.locationIds()) runs.delete(`${stream} ${locationId}`);
    },
    mayLack: (untilMs) => {
      lackingUntil = untilMs;
    },
    judge: () =>
      tables.flatMap((table) => [
        ...world
          .locationIds()
          .flatMap((locationId) =>
            table.rows(world, locationId).flatMap((row) => judgeRow(table, locationId, row)),
          ),
        ...remains(options, table, runsOf),
      ]),
  };
};
