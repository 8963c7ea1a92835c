import type { Simulator } from '../simulator/simulator.ts';
import type { StreamTable } from './tables.ts';

/** Locations and scopes that come and go. */
export interface AccessEvents {
  readonly close: (kind: 'suspend' | 'refuse' | 'uninstall', locationId: string) => void;
  readonly open: (locationId: string) => void;
  readonly addLocation: () => void;
  readonly loseScope: (table: StreamTable | undefined) => void;
  readonly regainScopes: () => void;
  readonly openAll: () => void;
  readonly isOpen: (locationId: string) => boolean;
  /** Locations that were closed, opened or added since this was last asked. */
  readonly takeTouched: () => ReadonlySet<string>;
}

export const createAccessEvents = ({ world, admin }: Simulator): AccessEvents => {
  const closed = new Set<string>();
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
      closed.add(locationId);
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
      closed.forEach(open);
    },
    isOpen: (locationId) => !closed.has(locationId),
    takeTouched: () => {
      const taken = touched;
      touched = new Set();
      return taken;
    },
  };
};
