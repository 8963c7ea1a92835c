import type { JsonObject, JsonValue } from '../../src/foundation/json.ts';
import { refusal } from './answers.ts';
import { queryNumber } from './parameters.ts';
import type { RouteContext } from './server.ts';

/** How a list is paged: what its parameters are called, and what it does without them. */
export interface ListPaging {
  readonly limit: string;
  readonly skip: string;
  /** Rows of a page that does not say. */
  readonly fallback: number;
  readonly most?: number;
  /** `page`: `skip` counts pages from this number on, and not rows. */
  readonly firstPage?: 0 | 1;
}

/**
 * The rows of one page. Rows that are added or removed between two pages shift the others: there is nothing to hold on
 * to but a number.
 */
export const pageOf = (
  { call, server }: RouteContext,
  rows: readonly JsonObject[],
  { limit, skip, fallback, most, firstPage }: ListPaging,
): readonly JsonObject[] => {
  const asked = queryNumber(call, limit, { fallback, ...(most !== undefined && { most }) });
  const size = Math.min(asked, server.knobs.silentPageSize ?? asked);
  const from = queryNumber(call, skip, { fallback: firstPage ?? 0 });
  const start = firstPage === undefined ? from : Math.max(0, from - firstPage) * size;
  return rows.slice(start, start + size);
};

/** Payments and invoices name the location twice over. */
export const checkAlt = ({ call }: RouteContext, { isTypeRequired }: { isTypeRequired: boolean }): void => {
  const { altId, altType } = call.query;
  if (altId === undefined || altId === '')
    throw refusal(422, ['altId must be a string', 'altId should not be empty']);
  const isMissing = isTypeRequired && altType === undefined;
  if (isMissing || (altType !== undefined && altType !== 'location'))
    throw refusal(422, ['altType must be one of the following values: location']);
};

/** Newest first, which is what most lists do without being asked. */
export const newestFirst = (rows: readonly JsonObject[]): readonly JsonObject[] => [...rows].reverse();

/** Rows in the order of a time, whichever way it is written; rows without it come last. */
export const byTime = (rows: readonly JsonObject[], key: string): readonly JsonObject[] => {
  const at = (value: JsonValue | undefined): number => {
    const epochMs = typeof value === 'number' ? value : Date.parse(typeof value === 'string' ? value : '');
    return Number.isNaN(epochMs) ? Number.POSITIVE_INFINITY : epochMs;
  };
  return rows
    .map((row) => ({ row, time: at(row[key]) }))
    .sort((left, right) => (left.time === right.time ? 0 : left.time - right.time))
    .map(({ row }) => row);
};
