import type { Simulator } from '../simulator/simulator.ts';
import type { StreamTable } from './stream-table.ts';

export type Closing = 'suspend' | 'refuse' | 'uninstall';

/** Locations and scopes that come and go. */
export interface AccessEvents {
  readonly close: (kind: Closing, locationId: string) => void;
  readonly open: (locationId: string) => void;
  readonly addLocation: () => void;
  readonly loseScope: (table: StreamTable | undefined) => void;
  readonly regainScopes: () => void;
  readonly openAll: () => void;
  readonly isOpen: (locationId: string) => boolean;
  /** How it was closed. */
  readonly closedAs: (locationId: string) => Closing | undefined;
  readonly hasAllScopes: () => boolean;
  /** Locations that were closed, opened or added since this was last asked. */
  readonly takeTouched: () => ReadonlySet<string>;
}

export const createAccessEvents = ({ world, admin }: Simulator): AccessEvents => {
  const closed = new Map<string, Closing>();
  const lostScopes = new Set<string>();
  let touched = new Set<string>();
  const open = (locationId: string): void => {
    admin.activate(locationId);
    touched.add(locationId);
    closed.delete(locationId);
  };
  return {
    close: (kind, locationId) => {
      admin[kind](locationId);
      touched.add(locationId);
      closed.set(locationId, kind);
    },
    open,
    addLocation: () => {
      touched.add(world.addLocation({ contacts: 12, opportunities: 6 }));
    },
    loseScope: (table) => {
      if (table === undefined) return;
      admin.removeScope(table.scope);
      lostScopes.add(table.scope);
    },
    regainScopes: () => {
      lostScopes.forEach(admin.addScope);
      lostScopes.clear();
    },
    openAll: () => {
      [...closed.keys()].forEach(open);
    },
    isOpen: (locationId) => !closed.has(locationId),
    closedAs: (locationId) => closed.get(locationId),
    hasAllScopes: () => lostScopes.size === 0,
    takeTouched: () => {
      const taken = touched;
      touched = new Set();
      return taken;
    },
  };
};
