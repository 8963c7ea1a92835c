import { systemError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { isReadBy, type ParentList } from './definition.ts';
import { keepOf } from './parents.ts';
import type { ReadContext } from './read-context.ts';
import type { AliveEvent, ReadEvent } from './read-event.ts';
import { readList } from './read-list.ts';

type GapEvent = Extract<ReadEvent, { kind: 'gap' }>;

/** Reads the parents of a location to their end, and keeps of each what naming it takes. @returns the parents */
export async function* drainParents(
  lists: readonly ParentList[],
  context: ReadContext,
): AsyncGenerator<AliveEvent | GapEvent, readonly JsonObject[]> {
  const parents: JsonObject[] = [];
  for (const { of, keep } of lists) {
    if (!isReadBy(of, 'list')) throw systemError(`${of.name} is no list whose rows could be parents.`);
    for await (const event of readList(of, context)) {
      if (event.kind === 'rows') parents.push(...event.rows.map(keepOf(keep)));
      else if (event.kind !== 'checkpoint') yield event;
    }
  }
  return parents;
}
