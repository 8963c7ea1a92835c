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
  /** Several may be read at once. */
  readonly streamStarted: (stream: { readonly name: string; readonly locations: number }) => StreamWatch;
  readonly syncEnded: () => void;
}

/** Told how one stream goes on. */
export interface StreamWatch {
  readonly locationStarted: (locationId: string) => void;
  readonly locationEnded: (locationId: string) => void;
  /** So many more than was known before. */
  readonly rowsExpected: (rows: number) => void;
  readonly rowsWritten: (rows: number) => void;
  /** @param summary what came of it, in a line */
  readonly ended: (summary: string) => void;
}

const nothing = (): void => undefined;

/** For a sync that nobody looks at. */
export const unwatched: SyncWatch = {
  syncStarted: nothing,
  streamStarted: () => ({
    locationStarted: nothing,
    locationEnded: nothing,
    rowsExpected: nothing,
    rowsWritten: nothing,
    ended: nothing,
  }),
  syncEnded: nothing,
};
