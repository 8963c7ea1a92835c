import type { SyncMode } from '../../src/protocol/messages.ts';
import type { ConfigKind } from '../simulator/connector-config.ts';

/** What happens to one request on the wire. */
export type WireFault =
  /** 502 with a page of HTML. */
  | 'html'
  /** 500 in the API's form. */
  | 'error'
  /** The request never arrives. */
  | 'lost'
  /** The request is carried out, and its answer never comes. */
  | 'unanswered'
  /** The answer breaks off. */
  | 'cut'
  /** The answer ends properly, and is half a JSON. */
  | 'malformed'
  /** The answer comes after the longest time that anybody waits. */
  | 'stalled'
  /** The answer comes late, but in time. */
  | 'slow'
  | 'rate_limited'
  /** The last answer to the same path and location comes once more. */
  | 'repeated'
  /** The rows of the answer come in another order. */
  | 'shuffled'
  /** A search is answered in descending order, whatever was asked for. */
  | 'reversed'
  /** A search gives its first page, whichever was asked for. */
  | 'stuck'
  /** Some rows are left out, always the same ones, and yet they are counted. */
  | 'thinned'
  /** The answer is an empty object. */
  | 'bare'
  /** An error that repeats what was sent, the secrets too. */
  | 'echoed';

/** From the `nth` request of an attempt on (the first is 1), so many in a row. */
export interface WireDisturbance {
  readonly fault: WireFault;
  readonly nth: number;
  readonly count: number;
}

/** Rows that come, change and go. `pick` chooses among what is there, and stays right when that shrinks. */
export interface RowEvent {
  readonly kind: 'insert' | 'update' | 'delete';
  /**
   * What new rows say of their change: that it was when they came (the default), long before (an import), or nothing.
   * Rows that change stay where they are for `none`, in streams where those that are used move to the front.
   */
  readonly dates?: 'usual' | 'imported' | 'none';
  readonly stream: number;
  readonly pick: number;
  readonly rows: number;
  /** The rows that change or go stand next to each other, and are not spread over the list. */
  readonly isTogether?: boolean;
}

/** Locations and scopes that are taken away and come back. */
export type AccessEvent =
  | {
      readonly kind: 'suspend' | 'refuse' | 'uninstall';
      readonly pick: number;
      /** As many as there are, at most, and one where it is not said: an agency that does not pay loses many at once. */
      readonly locations?: number;
    }
  | { readonly kind: 'restore'; readonly pick: number }
  | { readonly kind: 'add_location' }
  | { readonly kind: 'lose_scope'; readonly stream: number }
  | { readonly kind: 'regain_scopes' };

export interface TokenEvent {
  readonly kind: 'expire_tokens' | 'revoke_tokens' | 'invalid_grant';
}

/** What a server does that is used by others too, or changed overnight. */
export type ServerEvent =
  | { readonly kind: 'use_quota'; readonly pick: number; readonly requests: number }
  | { readonly kind: 'page_size'; readonly rows: number | undefined }
  | { readonly kind: 'drift'; readonly rows: number };

/** The machine is asleep: nothing runs on it, and all clocks go on. */
export interface MachineEvent {
  readonly kind: 'freeze';
  readonly ms: number;
}

/** What people and other programs do in HighLevel, and what the machine does. */
export type WorldEvent = RowEvent | AccessEvent | TokenEvent | ServerEvent | MachineEvent;

/** An event just before the `nth` request of an attempt is answered. */
export interface Interruption {
  readonly nth: number;
  readonly event: WorldEvent;
}

/** How an attempt is ended from outside, if it lives until `afterLines` lines have come. */
export type Ending =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'kill' | 'terminate' | 'close';
      readonly afterLines: number;
      readonly counting?: undefined;
    }
  /** Only lines with states count: just behind one, it counts most what came before it. */
  | { readonly kind: 'kill'; readonly afterLines: number; readonly counting: 'states' }
  /** Where little is printed, lines are too few to end it in the middle. */
  | { readonly kind: 'kill' | 'terminate'; readonly afterRequests: number };

/** The reader takes nothing for a while after a line. */
export interface Stall {
  readonly afterLines: number;
  readonly ms: number;
}

export interface Attempt {
  /** When the attempt before it has ended: the world does not wait for a retry. */
  readonly meanwhile?: readonly WorldEvent[];
  readonly ending: Ending;
  readonly stalls: readonly Stall[];
  readonly wire: readonly WireDisturbance[];
  readonly interruptions: readonly Interruption[];
  /** Before it begins. */
  readonly pauseMs: number;
}

/** What the user changes between two syncs. */
export type Setting =
  | { readonly kind: 'start_date'; readonly daysAgo: number | undefined }
  | { readonly kind: 'only_location' | 'exclude_location'; readonly pick: number }
  | { readonly kind: 'all_locations' }
  | { readonly kind: 'skip_all' | 'skip_inactive' }
  | { readonly kind: 'concurrency'; readonly requests: number | undefined };

/** A job: disturbed attempts, and then undisturbed ones until one ends well. */
export interface Round {
  readonly pauseMs: number;
  readonly events: readonly WorldEvent[];
  /** Between two of them; next to nothing where it is not said. */
  readonly eventGapMs?: number;
  readonly settings: readonly Setting[];
  readonly attempts: readonly Attempt[];
  /** Undefined where nobody tells the job, as with docker run. */
  readonly hasJob: boolean;
}

/** Everything that is to happen, as data: the same schedule plays the same way. */
export interface Schedule {
  /** Of latencies, orders and the connector's own chance. */
  readonly seed: number;
  readonly signIn: ConfigKind;
  readonly locations: number;
  /** A stream and location. */
  readonly rows: number;
  readonly pageSize: number | undefined;
  /** What others have to be asked for, a location: products, funnels and so on. Few where it is not said. */
  readonly parents?: number | undefined;
  /** Locations on a page of the agency's list; all of them where it is not said. */
  readonly listedLocations?: number | undefined;
  readonly indexLagMs: number;
  /** What searches show of rows whose newest version the index does not know. As the index knows them where it is not said. */
  readonly foundRows?: 'indexed' | 'current';
  /** Of lists that are asked for from the newest row down, and not given so. Newest first where it is not said. */
  readonly descentOrder?: 'newest_first' | 'oldest_first';
  /** As the user has set it, if at all. */
  readonly lookbackMinutes?: number | undefined;
  readonly quota: 'off' | 'real';
  /** How far the machine's clock is ahead of HighLevel's. */
  readonly clockOffsetMs: number;
  readonly streams: readonly { readonly stream: number; readonly mode: SyncMode }[];
  readonly rounds: readonly Round[];
}
