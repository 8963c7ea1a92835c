import type { JsonObject } from '../foundation/json.ts';
import type { SearchKey, SearchRetrieval } from './definition.ts';

/** Epoch milliseconds; `since` inclusive, `before` exclusive, undefined for no bound. */
export interface Range {
  readonly since?: number | undefined;
  readonly before?: number | undefined;
}

/** Rows whose `key` lies in the range. Rows without the key are left out by the server. */
export const inRange = (
  { instant }: SearchRetrieval,
  { field }: SearchKey,
  { since, before }: Range,
): JsonObject => ({
  field,
  operator: 'range',
  value: {
    ...(since !== undefined && { gte: instant(since) }),
    ...(before !== undefined && { lt: instant(before) }),
  },
});

export const isMissing = ({ field }: SearchKey): JsonObject => ({ field, operator: 'not_exists' });

export const anyOf = (...filters: readonly JsonObject[]): JsonObject => ({ group: 'OR', filters });

export const allOf = (...filters: readonly JsonObject[]): JsonObject => ({ group: 'AND', filters });
