/** Lines of aligned columns: the first `left` of them to the left, the numbers behind them to the right. */
export const textTable = (rows: readonly (readonly string[])[], left = 1): readonly string[] => {
  const widths = rows.reduce<readonly number[]>(
    (widest, row) =>
      row.length > widest.length
        ? row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length))
        : widest.map((most, column) => Math.max(most, row[column]?.length ?? 0)),
    [],
  );
  const width = (column: number): number => widths[column] ?? 0;
  return rows.map((row) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(width(column)) : cell.padStart(width(column))))
      .join('  ')
      .trimEnd(),
  );
};
