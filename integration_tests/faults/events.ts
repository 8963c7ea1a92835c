import type { Simulator } from '../simulator/simulator.ts';
import { type AccessEvents, type Closing, createAccessEvents } from './access-events.ts';
import type { Ledger } from './ledger.ts';
import { createRowEvents } from './row-events.ts';
import type { AccessEvent, RowEvent, ServerEvent, TokenEvent, WorldEvent } from './schedule.ts';
import type { StreamTable } from './stream-table.ts';

/** Makes things happen in HighLevel, and remembers what the oracle has to know of them. */
export interface Events {
  readonly happen: (event: WorldEvent) => void;
  /** Locations whose access was touched since this was last asked. */
  readonly takeTouched: () => ReadonlySet<string>;
  /** Everything is as it should be again, except the rows. */
  readonly heal: () => void;
  readonly isReadable: (locationId: string) => boolean;
  /** How a location was closed that cannot be read. */
  readonly closedAs: (locationId: string) => Closing | undefined;
  /** Nothing is amiss but that locations may be closed: all scopes are there, totals are true, and the sign-in lives. */
  readonly isInOrder: () => boolean;
  /** Somebody has signed in anew. */
  readonly signedIn: () => void;
}

interface EventsOptions {
  readonly simulator: Simulator;
  readonly now: () => number;
  readonly pass: (milliseconds: number) => void;
  readonly ledger: Ledger;
  readonly tables: readonly StreamTable[];
  readonly pageSize: number | undefined;
}

const ROWS: ReadonlySet<string> = new Set(['insert', 'update', 'delete'] satisfies RowEvent['kind'][]);
const TOKENS: ReadonlySet<string> = new Set([
  'expire_tokens',
  'revoke_tokens',
  'invalid_grant',
] satisfies TokenEvent['kind'][]);
const SERVER: ReadonlySet<string> = new Set([
  'use_quota',
  'page_size',
  'drift',
] satisfies ServerEvent['kind'][]);
/** An uninstallation ends the sign-in of its location, and tokens that were renewed without a scope lack it until they are renewed again. */
const DAMAGING: ReadonlySet<string> = new Set([
  'invalid_grant',
  'uninstall',
  'lose_scope',
] satisfies WorldEvent['kind'][]);
const isRowEvent = (event: WorldEvent): event is RowEvent => ROWS.has(event.kind);
const isTokenEvent = (event: WorldEvent): event is TokenEvent => TOKENS.has(event.kind);
const isServerEvent = (event: WorldEvent): event is ServerEvent => SERVER.has(event.kind);

const touchTokens = ({ admin }: Simulator, { kind }: TokenEvent): void => {
  if (kind === 'expire_tokens') admin.expireAccessTokens();
  else if (kind === 'invalid_grant') admin.invalidateRefreshTokens();
  else admin.revokeAccessTokens(({ tokenClass }) => tokenClass === 'Company' || tokenClass === 'Location');
};

interface AccessParts {
  readonly access: AccessEvents;
  readonly tables: readonly StreamTable[];
  readonly locationAt: (pick: number) => string;
}

const touchAccess = (event: AccessEvent, { access, tables, locationAt }: AccessParts): void => {
  if (event.kind === 'add_location') access.addLocation();
  else if (event.kind === 'lose_scope') access.loseScope(tables[event.stream % tables.length]);
  else if (event.kind === 'regain_scopes') access.regainScopes();
  else if (event.kind === 'restore') access.open(locationAt(event.pick));
  else
    for (let more = 0; more < (event.locations ?? 1); more += 1)
      access.close(event.kind, locationAt(event.pick + more));
};

export const createEvents = ({ simulator, now, pass, ledger, tables, pageSize }: EventsOptions): Events => {
  const { world, admin, knobs } = simulator;
  const access = createAccessEvents(simulator);
  let drift = 0;
  let isSignInBroken = false;
  const changeRows = createRowEvents({ world, now, ledger, tables });
  const locationAt = (pick: number): string => {
    const ids = world.locationIds();
    return ids[pick % Math.max(1, ids.length)] ?? '';
  };
  const touchServer = (event: ServerEvent): void => {
    if (event.kind === 'use_quota') admin.consumeQuota(locationAt(event.pick), event.requests);
    else if (event.kind === 'page_size') knobs.silentPageSize = event.rows;
    else {
      drift = event.rows;
      knobs.reportedTotal = (total) => total + event.rows;
    }
  };
  return {
    happen: (event) => {
      if (DAMAGING.has(event.kind)) isSignInBroken = true;
      if (isRowEvent(event)) changeRows(event, locationAt(event.pick));
      else if (isTokenEvent(event)) touchTokens(simulator, event);
      else if (isServerEvent(event)) touchServer(event);
      else if (event.kind === 'freeze') pass(event.ms);
      else touchAccess(event, { access, tables, locationAt });
    },
    takeTouched: access.takeTouched,
    heal: () => {
      access.openAll();
      access.regainScopes();
      touchServer({ kind: 'page_size', rows: pageSize });
      touchServer({ kind: 'drift', rows: 0 });
    },
    isReadable: access.isOpen,
    closedAs: access.closedAs,
    isInOrder: () => access.hasAllScopes() && drift === 0 && !isSignInBroken,
    signedIn: () => {
      // The new tokens lack a scope that the app lacks.
      isSignInBroken = !access.hasAllScopes();
    },
  };
};
