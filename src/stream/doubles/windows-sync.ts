import type { JsonObject } from '../../foundation/json.ts';
import type { WindowsRetrieval } from '../definition.ts';
import type { LocationRead } from '../location-read.ts';
import { readWindows } from '../read-windows.ts';
import { collect, type Collected } from './collect-events.ts';
import { createFakeContext, day, isoDay, locationRead } from './fake-context.ts';
import { streamOf, windowServer, windowsOf, windowsRetrieval } from './test-streams.ts';

/** Lists show rows a little late; what is younger is not read. */
export const LAG = 120_000;

interface Given extends Partial<Omit<LocationRead, 'context'>> {
  readonly rows?: readonly JsonObject[];
  readonly retrieval?: Partial<WindowsRetrieval>;
  readonly now?: number;
  readonly isOver?: () => boolean;
  /** Rows that the server counts and does not give, of the windows that hold this instant. */
  readonly missingAt?: number;
}

export interface WindowsSync extends Collected {
  /** The windows that were asked for. */
  readonly windows: readonly (readonly [number, number])[];
}

/** For tests: one sync of a location whose stream is read by windows; `now` is where its windows end. */
export const syncWindows = async (given: Given = {}): Promise<WindowsSync> => {
  const { rows = [], retrieval = {}, now = day(0), isOver = () => false, missingAt, ...read } = given;
  const whole = windowServer(() => rows);
  const short = windowServer(() => rows, { total: (inside) => inside.length + 1 });
  const fake = createFakeContext({
    now: now + LAG,
    isOver,
    answer: (request, call) => {
      const [[since, before] = [0, 0]] = windowsOf([request]);
      const isShort = missingAt !== undefined && since <= missingAt && missingAt < before;
      return (isShort ? short : whole)(request, call);
    },
  });
  const stream = streamOf(windowsRetrieval(retrieval));
  const collected = await collect(readWindows(stream, locationRead(fake.context, read)));
  return { ...collected, windows: windowsOf(fake.requests) };
};

/** A row made, and changed, so many days from now. */
export const row = (id: string, at: number, changed?: number): JsonObject => ({
  id,
  at: isoDay(at),
  ...(changed !== undefined && { changed: isoDay(changed) }),
});
/** The state after a sync that read everything. */
export const synced = (changed: number, more: JsonObject = {}): JsonObject => ({
  changed: isoDay(changed),
  deep_pass: isoDay(changed),
  ...more,
});
