import type { Log } from '../foundation/log.ts';
import { reachesFurtherBack } from './cursor-json.ts';
import { daysToMs } from './days.ts';
import type { WindowCursor, WindowPass } from './window-cursor.ts';

interface Circumstances {
  /** Of the configuration; epoch ms. */
  readonly startDate: number | undefined;
  /** Where the last window of a pass that begins now ends; epoch ms. */
  readonly latest: number;
  /** For the log. */
  readonly place: string;
  readonly log: Log;
}

/** HighLevel's clock may have been put back since the state was written. */
const TOLERANCE_MS = daysToMs(1);

const instantsOf = (pass: WindowPass | undefined): readonly number[] =>
  pass === undefined ? [] : [pass.next, pass.until, pass.began];

/** Where a read by windows begins, from what the state says of the location. */
export const planWindows = (
  state: WindowCursor | undefined,
  { startDate, latest, place, log }: Circumstances,
): WindowCursor => {
  const fresh = { changed: undefined, pass: undefined, deepBegan: undefined, hasGap: false, deep: undefined };
  if (state === undefined || reachesFurtherBack(startDate, state.startDate)) return { ...fresh, startDate };
  const { changed = latest, deepBegan = latest, pass, deep } = state;
  const newest = Math.max(changed, deepBegan, ...instantsOf(pass), ...instantsOf(deep));
  if (newest <= latest + TOLERANCE_MS) return { ...state, startDate };
  // Rows would be taken for old, and windows of years to come be asked for one by one.
  log.warn(`${place}: the state lies in the future; everything is read again.`);
  return { ...fresh, startDate };
};
