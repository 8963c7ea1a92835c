/** What the documentation says of one way of reading; a sentence or a few each. */
export interface Reading {
  readonly how: readonly string[];
  readonly misses: readonly string[];
}

/** What no way of reading that goes by changes can see. */
export const KEEPS_DELETED =
  'Deletions and merges: HighLevel tells of neither. An incremental sync keeps the rows of what was deleted or merged ([what to do about it](deletions.md)); a full refresh that overwrites removes them.';

export const OLD_NEWS = (column: string): string =>
  `A row that appears later and whose \`${column}\` is from before the last sync, as that of imported and restored rows may be, until it changes again. A full refresh brings it.`;
