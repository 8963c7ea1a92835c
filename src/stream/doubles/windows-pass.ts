import { createByteBudget } from '../../foundation/byte-budget.ts';
import { type JsonObject, textAt } from '../../foundation/json.ts';
import type { WindowsRetrieval } from '../definition.ts';
import type { ReadEvent } from '../read-event.ts';
import { type PassEnd, readPass } from '../read-pass.ts';
import { passJson } from '../window-cursor.ts';
import { collect, type Collected } from './collect-events.ts';
import { type Answer, createFakeContext, day, type FakeRequest } from './fake-context.ts';
import { streamOf, windowServer, windowsOf, windowsRetrieval } from './test-streams.ts';

type Spans = readonly (readonly [number, number])[];

interface Given {
  readonly next?: number;
  readonly until?: number;
  readonly isOver?: () => boolean;
  readonly isWanted?: (row: JsonObject) => boolean;
  /** Rows of its earlier windows may be missing. */
  readonly hasGap?: boolean;
  /** Rows that the server counts besides those it gives. */
  readonly missing?: number;
  readonly retrieval?: Partial<WindowsRetrieval>;
  readonly parents?: readonly JsonObject[];
  readonly parallel?: number;
  /** Instead of a server that heeds the windows. */
  readonly answer?: Answer;
  /** One answer in memory at a time. */
  readonly isTight?: boolean;
  /** How long each answer is on its way. */
  readonly turns?: (call: number) => number;
}

interface OpenPass extends Pick<PassRun, 'requests' | 'held' | 'mostAtOnce' | 'ends'> {
  readonly events: AsyncGenerator<ReadEvent, void>;
}

export interface PassRun extends Collected {
  readonly requests: readonly FakeRequest[];
  /** Answers that were not given back. */
  readonly held: () => number;
  /** Requests under way at once, at most. */
  readonly mostAtOnce: () => number;
  /** The windows that were asked for. */
  readonly windows: Spans;
  /** The windows that were read to their end. */
  readonly pieces: Spans;
  readonly ends: readonly PassEnd[];
}

/** For tests: a pass over a location whose server has the rows. */
export const openPass = (rows: readonly JsonObject[], given: Given = {}): OpenPass => {
  const { next = 0, until = day(0), isWanted = () => true, missing = 0, hasGap = false } = given;
  const total = (inside: readonly JsonObject[]): number => inside.length + missing;
  const { context, requests, held, mostAtOnce } = createFakeContext({
    answer: given.answer ?? windowServer(() => rows, { total }),
    isOver: given.isOver ?? (() => false),
    parallel: given.parallel ?? 1,
    turns: given.turns,
    ...(given.isTight === true && { budget: createByteBudget(1) }),
  });
  const ends: PassEnd[] = [];
  async function* events(): AsyncGenerator<ReadEvent, void> {
    const pass = { next, until, began: day(0), hasGap };
    const stream = streamOf(windowsRetrieval(given.retrieval));
    const parents = given.parents ?? [undefined];
    ends.push(yield* readPass({ stream, context, parents }, { pass, isWanted, cursorAt: passJson }));
  }
  return { events: events(), requests, held, mostAtOnce, ends };
};

/** For tests: the same, read to its end. */
export const runPass = async (rows: readonly JsonObject[], given: Given = {}): Promise<PassRun> => {
  const { events, ...open } = openPass(rows, given);
  const collected = await collect(events);
  const { next = 0 } = given;
  const places = collected.checkpoints.map((at) => Date.parse(textAt(at, 'next') ?? ''));
  const pieces = places.map((place, index): readonly [number, number] => [places[index - 1] ?? next, place]);
  return { ...collected, ...open, windows: windowsOf(open.requests), pieces };
};

/** A row made at an instant. */
export const rowAt = (id: string, at: number, more: JsonObject = {}): JsonObject => ({
  id,
  at: new Date(at).toISOString(),
  ...more,
});
