import type { Order, View } from './sorted-view.ts';

/** The unchanging start of an answer, kept so that asking again costs no work; `serve` keeps it compressed, too. */
export interface KeptBytes {
  readonly bytes: Uint8Array;
  gzipped?: Promise<Uint8Array>;
}

/** The rows from `start` to `end` (excluded) of a view. */
interface Part {
  readonly view: View;
  readonly start: number;
  readonly end: number;
}

export interface PageCache {
  /**
   * What `make` once made of these rows in this order, whatever was asked to find them, as long as no row of the kind has
   * changed since. `part` tells apart what is made of the same rows.
   */
  readonly get: (page: Part, part: string, make: () => string) => KeptBytes;
}

interface KeptPages {
  readonly version: number;
  readonly pages: Map<string, KeptBytes>;
}

/** When it is full it starts again: a walk through a large world leaves nothing worth keeping in part. */
export const createPageCache = (mostBytes: number): PageCache => {
  let kept = new WeakMap<Order, KeptPages>();
  let size = 0;
  const encoder = new TextEncoder();
  const pagesOf = (order: Order): Map<string, KeptBytes> => {
    const known = kept.get(order);
    if (known?.version === order.version()) return known.pages;
    const pages = new Map<string, KeptBytes>();
    kept.set(order, { version: order.version(), pages });
    return pages;
  };
  return {
    get: ({ view, start, end }, part, make) => {
      const pages = pagesOf(view.order);
      const name = `${part} ${view.nameOf(start, end)}`;
      const known = pages.get(name);
      if (known !== undefined) return known;
      const made: KeptBytes = { bytes: encoder.encode(make()) };
      size += made.bytes.length;
      pages.set(name, made);
      if (size > mostBytes) {
        kept = new WeakMap();
        size = 0;
      }
      return made;
    },
  };
};
