/** Lines of aligned columns: the first `left` of them to the left, the numbers behind them to the right. */
export const textTable = (rows: readonly (readonly string[])[], left = 1): readonly string[] => {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (column < left ? cell.padEnd(width(column)) : cell.padStart(width(column))))
      .join('  ')
      .trimEnd(),
  );
};
