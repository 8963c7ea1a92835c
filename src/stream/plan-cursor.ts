import { reachesFurtherBack } from './cursor-json.ts';
import type { BackfillCursor, IncrementalCursor, LocationCursor } from './location-cursor.ts';

/** A backfill that claims to reach into the future would leave nothing to the incremental reads after it. */
const inThePast = (cursor: BackfillCursor, now: number): BackfillCursor => {
  const until = Math.min(cursor.until, now);
  const isBeyond = cursor.unread.some(({ since = -Infinity }) => since > until);
  const unread = cursor.unread.map(({ since, before }) => ({ since, before: Math.min(before, until) }));
  return { ...cursor, until, unread: isBeyond ? [{ since: undefined, before: until }] : unread };
};

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
    unread: [{ since: undefined, before: now }],
    until: now,
    startDate,
    gap: undefined,
  };
  if (state === undefined || state.phase === 'full_refresh') return fresh;
  if (!reachesFurtherBack(startDate, state.startDate)) {
    // A backfill on its way goes on with a later start date, and claims no more than it then has read.
    return state.phase === 'backfill' ? { ...inThePast(state, now), startDate } : state;
  }
  if (state.phase === 'backfill') return { ...fresh, gap: state.gap };
  const { updated, startDate: updatedBefore = -Infinity } = state;
  return { ...fresh, gap: { updatedBefore, updated } };
};
