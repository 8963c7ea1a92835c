import type { JsonObject } from '../foundation/json.ts';
import type { Paginator } from './endpoint.ts';

/** A page that can be asked for before those in front of it have come. */
export interface PageAhead {
  /** Pages in front of it. */
  readonly index: number;
  readonly parameters: JsonObject;
}

/** Fewer are not worth it. */
const FEWEST = 2;

/**
 * The pages behind the first one that must be full by what it says. None where only a page tells where the next one begins.
 * @param length rows of the first page, which is what the server gives of those that are asked for
 */
export function* pagesAhead(
  { next, overlap, holdsPlace }: Pick<Paginator, 'next' | 'overlap' | 'holdsPlace'>,
  { length, total = 0 }: { readonly length: number; readonly total: number | undefined },
): Generator<PageAhead, void> {
  const step = length - overlap;
  // Else a page between two others would hold nothing but what these hold, and tell nothing.
  if (holdsPlace || step <= overlap) return;
  const full = Math.floor((total - length) / step);
  if (full < FEWEST) return;
  for (let index = 1; index <= full; index += 1) {
    const parameters = next({ rows: [], body: null, offset: index * step, pages: index });
    if (parameters === undefined) return;
    yield { index, parameters };
  }
}
