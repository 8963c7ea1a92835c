import type { Simulator } from '../simulator/simulator.ts';
import type { Ledger } from './ledger.ts';
import type { WorldEvent } from './schedule.ts';
import { rowIdOf, type StreamTable } from './tables.ts';

/** Makes things happen in HighLevel, and remembers what the oracle has to know of them. */
export interface Events {
  readonly happen: (event: WorldEvent) => void;
  /** Locations whose access was touched since it was last asked. */
  readonly takeTouched: () => ReadonlySet<string>;
  /** Everything is as it should be again, except the rows. */
  readonly heal: () => void;
  readonly isReadable: (locationId: string) => boolean;
}

interface EventsOptions {
  readonly simulator: Simulator;
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly tables: readonly StreamTable[];
  readonly pageSize: number | undefined;
}

export const createEvents = ({ simulator, now, ledger, tables, pageSize }: EventsOptions): Events => {
  const { world, admin, knobs } = simulator;
  const closed = new Set<string>();
  const lostScopes = new Set<string>();
  let touched = new Set<string>();
  let texts = 0;

  const locationAt = (pick: number): string => {
    const ids = world.locationIds();
    return ids[pick % Math.max(1, ids.length)] ?? '';
  };
  const touch = (locationId: string, isClosed: boolean): void => {
    touched.add(locationId);
    if (isClosed) closed.add(locationId);
    else closed.delete(locationId);
  };
  const changeRows = (
    event: Extract<WorldEvent, { readonly kind: 'insert' | 'update' | 'delete' }>,
  ): void => {
    const table = tables[event.stream % tables.length];
    if (table === undefined) return;
    const locationId = locationAt(event.pick);
    const place = { locationId, nowMs: now() };
    for (let row = 0; row < event.rows; row += 1) {
      texts += 1;
      const text = `version ${texts}`;
      if (event.kind === 'insert') {
        const id = table.add(world, place, text);
        ledger.added({ kind: table.kind, locationId, id }, now());
        continue;
      }
      const rows = table.rows(world, locationId);
      const chosen = rows[(event.pick + row * 7) % Math.max(1, rows.length)];
      if (chosen === undefined) continue;
      const key = { kind: table.kind, locationId, id: rowIdOf(chosen) };
      if (event.kind === 'update') {
        table.change(world, place, key.id, text);
        ledger.changed(key, now());
      } else {
        table.remove(world, place, key.id);
        ledger.removed(key, now());
      }
    }
  };
  const restore = (locationId: string): void => {
    admin.activate(locationId);
    touch(locationId, false);
  };
  const regainScopes = (): void => {
    for (const scope of lostScopes) admin.addScope(scope);
    lostScopes.clear();
  };

  const happen = (event: WorldEvent): void => {
    switch (event.kind) {
      case 'insert':
      case 'update':
      case 'delete':
        changeRows(event);
        return;
      case 'suspend':
      case 'refuse':
      case 'uninstall':
        admin[event.kind](locationAt(event.pick));
        touch(locationAt(event.pick), true);
        return;
      case 'restore':
        restore(locationAt(event.pick));
        return;
      case 'add_location':
        touch(world.addLocation({ contacts: 12, opportunities: 6 }), false);
        return;
      case 'lose_scope': {
        const { scope } = tables[event.stream % tables.length] ?? { scope: '' };
        admin.removeScope(scope);
        lostScopes.add(scope);
        return;
      }
      case 'regain_scopes':
        regainScopes();
        return;
      case 'expire_tokens':
        admin.expireAccessTokens();
        return;
      case 'revoke_tokens':
        admin.revokeAccessTokens(({ tokenClass }) => tokenClass === 'Company' || tokenClass === 'Location');
        return;
      case 'invalid_grant':
        admin.invalidateRefreshTokens();
        return;
      case 'use_quota':
        admin.consumeQuota(locationAt(event.pick), event.requests);
        return;
      case 'page_size':
        knobs.silentPageSize = event.rows;
        return;
      case 'drift':
        knobs.reportedTotal = (total) => total + event.rows;
    }
  };
  return {
    happen,
    takeTouched: () => {
      const taken = touched;
      touched = new Set();
      return taken;
    },
    heal: () => {
      for (const locationId of closed) restore(locationId);
      regainScopes();
      happen({ kind: 'page_size', rows: pageSize });
      happen({ kind: 'drift', rows: 0 });
    },
    isReadable: (locationId) => !closed.has(locationId),
  };
};
