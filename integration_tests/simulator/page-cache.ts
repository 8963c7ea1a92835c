import type { View } from './sorted-view.ts';

/** The unchanging start of an answer, kept so that asking again costs no work; `serve` keeps it compressed, too. */
export interface KeptBytes {
  readonly bytes: Uint8Array;
  gzipped?: Promise<Uint8Array>;
}

export interface PageCache {
  /** What `make` once made for this part of the view, as long as no row of the view has changed since. */
  readonly get: (view: View, part: string, make: () => string) => KeptBytes;
}

interface KeptPages {
  readonly version: number;
  readonly pages: Map<string, KeptBytes>;
}

/** When it is full it starts again: a walk through a large world leaves nothing worth keeping in part. */
export const createPageCache = (mostBytes: number): PageCache => {
  let kept = new WeakMap<View, KeptPages>();
  let size = 0;
  const encoder = new TextEncoder();
  const pagesOf = (view: View): Map<string, KeptBytes> => {
    const known = kept.get(view);
    if (known?.version === view.version()) return known.pages;
    const pages = new Map<string, KeptBytes>();
    kept.set(view, { version: view.version(), pages });
    return pages;
  };
  return {
    get: (view, part, make) => {
      const pages = pagesOf(view);
      const known = pages.get(part);
      if (known !== undefined) return known;
      const made: KeptBytes = { bytes: encoder.encode(make()) };
      size += made.bytes.length;
      pages.set(part, made);
      if (size > mostBytes) {
        kept = new WeakMap();
        size = 0;
      }
      return made;
    },
  };
};
