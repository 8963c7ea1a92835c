const ROWS_PER_FOLDER = 6;

/** Where a row stands among folders and what is in them. */
interface FolderPlace {
  readonly isFolder: boolean;
  /** The folder a row is in: none for folders. */
  readonly parentId: string | null;
  /** The row's number among those that are no folders. */
  readonly item: number;
}

/**
 * One seeded row in six is a folder, and a third of the others are in one. Rows that are written later are neither.
 * `ids` are those of the seeded rows.
 */
export const folderPlaceAt = (ids: readonly string[], ordinal: number): FolderPlace => {
  const isSeeded = ordinal < ids.length;
  const item = ordinal - Math.floor(ordinal / ROWS_PER_FOLDER) - 1;
  if (isSeeded && ordinal % ROWS_PER_FOLDER === 0) return { isFolder: true, parentId: null, item: 0 };
  if (!isSeeded || item % 3 !== 2) return { isFolder: false, parentId: null, item };
  const folders = Math.ceil(ids.length / ROWS_PER_FOLDER);
  const folder = (Math.floor(item / 3) % folders) * ROWS_PER_FOLDER;
  return { isFolder: false, parentId: ids[folder] ?? null, item };
};

/** The ids of the rows in a folder. */
export const childrenOf = (ids: readonly string[], folder: string): readonly string[] =>
  ids.filter((_, ordinal) => folderPlaceAt(ids, ordinal).parentId === folder);
