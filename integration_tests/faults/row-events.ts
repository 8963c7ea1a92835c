import type { World } from '../simulator/world.ts';
import type { Ledger } from './ledger.ts';
import type { RowEvent } from './schedule.ts';
import { rowIdOf, type StreamTable } from './stream-table.ts';

interface RowEventsOptions {
  readonly world: World;
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly tables: readonly StreamTable[];
}

/** Rows that one event changes lie so far apart, unless they stand together. */
const STEP = 7;

/** Adds, changes and removes rows, each with a version of its own, and keeps the ledger. */
export const createRowEvents = ({ world, now, ledger, tables }: RowEventsOptions) => {
  let versions = 0;
  const changeRow = (event: RowEvent, table: StreamTable, locationId: string, number: number): void => {
    versions += 1;
    const text = `version ${versions}`;
    const place = { locationId, nowMs: now(), dates: event.dates ?? 'usual' };
    const { kind } = table;
    const ownerChanged = (id: string): void => {
      const owner = table.owner?.(world, locationId, id);
      if (owner !== undefined) ledger.changed({ locationId, ...owner }, now());
    };
    if (event.kind === 'insert') {
      const id = table.add(world, place, text);
      ledger.added({ kind, locationId, id }, now());
      ownerChanged(id);
      return;
    }
    const rows = table.rows(world, locationId);
    // Each row that goes makes room for the next one.
    const step = event.isTogether === true ? Number(event.kind === 'update') : STEP;
    const chosen = rows[(event.pick + number * step) % Math.max(1, rows.length)];
    if (chosen === undefined) return;
    const key = { kind, locationId, id: rowIdOf(chosen) };
    if (event.kind === 'update') {
      table.change(world, place, key.id, text);
      ledger.changed(key, now(), place.dates !== 'none');
      ownerChanged(key.id);
    } else {
      table.remove(world, place, key.id);
      ledger.removed(key, now());
    }
  };
  return (event: RowEvent, locationId: string): void => {
    const table = tables[event.stream % tables.length];
    if (table === undefined) return;
    for (let number = 0; number < event.rows; number += 1) changeRow(event, table, locationId, number);
  };
};
