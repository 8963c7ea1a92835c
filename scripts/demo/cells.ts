/** One row of a table: its columns as comparable texts. */
export type Cells = Readonly<Record<string, string | null>>;
