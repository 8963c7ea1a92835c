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

/** Where a read by windows begins, from what the state says of the location. */
export const planWindows = (
  state: WindowCursor | undefined,
  { startDate, latest, place, log }: Circumstances,
): WindowCursor => {
  const fresh = { changed: undefined, pass: undefined, deepBegan: undefined, hasGap: false, deep: undefined };
  if (state === undefined || reachesFurtherBack(startDate, state.startDate)) return { ...fresh, startDate };
  const isFuture = (at = latest): boolean => at > latest + TOLERANCE_MS;
  // A pass of the future would ask for years to come, one window after the other.
  const ours = (pass: WindowPass | undefined): WindowPass | undefined =>
    pass === undefined || [pass.next, pass.until, pass.began].some((at) => isFuture(at)) ? undefined : pass;
  const { changed, deepBegan, pass, deep } = state;
  const planned = { ...state, pass: ours(pass), deep: ours(deep), startDate };
  if (isFuture(changed)) {
    log.warn(`${place}: the state lies in the future, so there is nothing to read.`);
    return planned;
  }
  const isPassWhole = planned.pass === pass;
  const isDeepWhole = planned.deep === deep && !isFuture(deepBegan);
  if (isPassWhole && isDeepWhole) return planned;
  log.warn(`${place}: a part of the state lies in the future; what it covers is read again.`);
  return isDeepWhole ? planned : { ...planned, deep: undefined, deepBegan: undefined };
};
