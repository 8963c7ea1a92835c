import type { Json } from '@duckdb/node-api';
import { cellText } from './cell-text.ts';
import type { SchemaKind } from './schema-kind.ts';

/** A value as DuckDB gives it, as a comparable text. */
export const cellOf = (value: Json | undefined, kind: SchemaKind): string | null => {
  const isJson = kind === 'object' || kind === 'list';
  return cellText(isJson && typeof value === 'string' ? JSON.parse(value) : (value ?? null));
};
