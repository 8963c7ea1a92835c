import { reachesFurtherBack } from './cursor-json.ts';
import type { BackfillCursor, IncrementalCursor, LocationCursor } from './location-cursor.ts';

/**
 * Where an incremental read of a location begins, from what the state says of it.
 * @param startDate of the configuration; epoch ms
 * @param now by the server's clock; epoch ms
 */
export const planCursor = (
  state: LocationCursor | undefined,
  startDate: number | undefined,
  now: number,
): BackfillCursor | IncrementalCursor => {
  const fresh: BackfillCursor = {
    phase: 'backfill',
    created: undefined,
    until: now,
    startDate,
    gap: undefined,
  };
  if (state === undefined || state.phase === 'full_refresh') return fresh;
  if (!reachesFurtherBack(startDate, state.startDate)) {
    // A backfill on its way goes on with a later start date, and claims no more than it then has read.
    return state.phase === 'backfill' ? { ...state, startDate } : state;
  }
  if (state.phase === 'backfill') return { ...fresh, gap: state.gap };
  const { updated, startDate: updatedBefore = -Infinity } = state;
  return { ...fresh, gap: { updatedBefore, updated } };
};
