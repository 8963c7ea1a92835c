import { systemError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { isReadBy, type ParentList } from './definition.ts';
import { uncounted } from './uncounted.ts';
import { keepOf } from './parents.ts';
import type { ReadContext } from './read-context.ts';
import type { AliveEvent, ReadEvent } from './read-event.ts';
import { readList } from './read-list.ts';

type GapEvent = Extract<ReadEvent, { kind: 'gap' }>;

/** Whom an endpoint has to be asked for. */
export interface DrainedParents {
  /** One without a name where the endpoint needs none. */
  readonly parents: readonly (JsonObject | undefined)[];
  /** True if some may be missing, and with them their rows. */
  readonly hasGap: boolean;
}

/** Reads the parents of a location to their end, and keeps of each what naming it takes. */
export async function* drainParents(
  lists: readonly ParentList[] | undefined,
  context: ReadContext,
): AsyncGenerator<AliveEvent | GapEvent, DrainedParents> {
  if (lists === undefined) return { parents: [undefined], hasGap: false };
  const parents: JsonObject[] = [];
  let hasGap = false;
  for (const { of, keep } of lists) {
    if (!isReadBy(of, 'list')) throw systemError(`${of.name} is no list whose rows could be parents.`);
    for await (const event of readList(of, uncounted(context))) {
      if (event.kind === 'rows') parents.push(...event.rows.map(keepOf(keep)));
      if (event.kind === 'gap') hasGap = true;
      if (event.kind === 'gap' || event.kind === 'alive') yield event;
    }
  }
  return { parents, hasGap };
}
