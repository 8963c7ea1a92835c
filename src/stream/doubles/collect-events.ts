import type { JsonObject } from '../../foundation/json.ts';
import type { ReadEvent } from '../read-event.ts';
import { idOf } from '../row-id.ts';

/** Events that a reader gave, in their order, and what is asked of them most. */
export interface Collected {
  /** `rows a b`, `checkpoint`, `gap`, `alive`, … */
  readonly trace: readonly string[];
  readonly ids: readonly string[];
  readonly rows: readonly JsonObject[];
  readonly checkpoints: readonly JsonObject[];
  /** The checkpoint that the state ends with. */
  readonly state: JsonObject | undefined;
  readonly kinds: readonly string[];
  /** What lists that were too large were said to hold. */
  readonly sizes: readonly number[];
}

type AnyEvent = ReadEvent | { readonly kind: 'gone' } | { readonly kind: 'too_large'; readonly size: number };

/** Takes everything a reader says; rows are copied, because they are gone when the next event is asked for. */
export const collect = async (events: AsyncIterable<AnyEvent>): Promise<Collected> => {
  const trace: string[] = [];
  const kinds: string[] = [];
  const sizes: number[] = [];
  const rows: JsonObject[] = [];
  const checkpoints: JsonObject[] = [];
  for await (const event of events) {
    kinds.push(event.kind);
    trace.push(event.kind === 'rows' ? ['rows', ...event.rows.map(idOf)].join(' ') : event.kind);
    if (event.kind === 'rows') rows.push(...event.rows);
    if (event.kind === 'too_large') sizes.push(event.size);
    if (event.kind === 'checkpoint') checkpoints.push(event.cursor);
  }
  return { trace, kinds, sizes, rows, ids: rows.map(idOf), checkpoints, state: checkpoints.at(-1) };
};

/** Events from a list, as a reader of parents gives them. */
export async function* eventsOf(...events: readonly ReadEvent[]): AsyncGenerator<ReadEvent, void> {
  for (const event of events) yield await Promise.resolve(event);
}
