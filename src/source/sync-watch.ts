import type { Costs } from '../http/meter.ts';

/** What the requests of a sync have cost so far, and what they may cost. */
export interface Pace {
  readonly costs: Costs;
  /** Requests a second that the quota allows one location, of which we take no more than our share. */
  readonly allowedPerSecond: number;
}

/** Told how a sync goes on, for whoever looks on. Nothing that it does changes the sync; it must not throw. */
export interface SyncWatch {
  readonly syncStarted: (pace: () => Pace) => void;
  readonly streamStarted: (stream: { readonly name: string; readonly locations: number }) => void;
  readonly locationStarted: () => void;
  readonly locationEnded: () => void;
  /** So many more than was known before. */
  readonly rowsExpected: (rows: number) => void;
  readonly rowsWritten: (rows: number) => void;
  /** @param summary what came of it, in a line */
  readonly streamEnded: (summary: string) => void;
  readonly syncEnded: () => void;
}

const nothing = (): void => undefined;

/** For a sync that nobody looks at. */
export const unwatched: SyncWatch = {
  syncStarted: nothing,
  streamStarted: nothing,
  locationStarted: nothing,
  locationEnded: nothing,
  rowsExpected: nothing,
  rowsWritten: nothing,
  streamEnded: nothing,
  syncEnded: nothing,
};
