import type { JsonObject } from '../../src/foundation/json.ts';
import type { CollectionCounts } from './collections/create-collections.ts';
import type { FaultAnswer } from './faults.ts';

export type LocationAccess = 'active' | 'suspended' | 'uninstalled' | 'refused';

export interface LocationOptions {
  readonly id?: string;
  readonly name?: string;
  readonly contacts?: number;
  readonly opportunities?: number;
  /** At most 3. */
  readonly pipelines?: number;
  /** At most 5; from the seed if absent: mostly none. */
  readonly campaigns?: number;
  /** Rows of the other kinds, over those of the simulator's options. */
  readonly rows?: CollectionCounts;
  /** @default 'active' */
  readonly access?: LocationAccess;
}

export interface RateLimits {
  /** Requests per interval, in any window of that length. */
  readonly max: number;
  readonly intervalMs: number;
  readonly daily: number;
  /** HighLevel documents no `Retry-After`. */
  readonly retryAfter: boolean;
}

/** What a real HighLevel is not known to do one way or the other; each may be turned at any time. */
export interface Knobs {
  /** How long a write stays unseen by searches, though the row already carries its new update time. @default 0 */
  indexLagMs: number;
  /** What a search shows of a row that the index does not know the newest version of: either is seen in the wild. @default 'indexed' */
  foundRows: 'indexed' | 'current';
  /** The order of lists that are read from the newest row down, whatever is asked for. @default 'newest_first' */
  descentOrder: 'newest_first' | 'oldest_first';
  /** Every answer is kept back this long. @default 0 */
  latencyMs: number;
  /** @default 100 a 10 s, 200,000 a day, no Retry-After */
  rateLimits: RateLimits | 'off';
  /** `issued`: a token is only good for the location, sort and filters it was issued for. @default 'issued' */
  tokenBinding: 'issued' | 'shape';
  /** What happens to a token whose sort value is null. @default 'refuse' */
  nullTokens: 'refuse' | 'accept';
  /** What happens when `page` and `searchAfter` are both sent. @default 'refuse' */
  pageWithToken: 'refuse' | 'ignore_token';
  /** Pages end here; beyond it only tokens go on. @default 10000 */
  pageWindow: number;
  /** @default 500 */
  mostContacts: number;
  /** Documented as 100 and as 500. @default 100 */
  mostOpportunities: number;
  /** Largest page of locations, installed or searched. @default 100 */
  mostLocations: number;
  /** Pages of installed locations are cut to so many without a word. @default undefined */
  silentLocationsPage: number | undefined;
  /** @default 200 */
  contactsSearchStatus: 200 | 201;
  /** Pages are cut to this many rows without a word. @default undefined */
  silentPageSize: number | undefined;
  /** Pages of more rows than `over` get this answer instead. @default undefined */
  refusedPageSize: { readonly over: number; readonly answer: FaultAnswer } | undefined;
  /** How many minutes before midnight UTC the days of date filters begin. @default 600 */
  dayOffsetMinutes: number;
  /** How long a cursor of the messages' export is good for. @default 60000 */
  exportCursorLifetimeMs: number;
  /** What a search claims as its total. @default the true one */
  reportedTotal: (total: number) => number;
  /** `shuffled` gives every request its own order: the API promises none. @default 'shuffled' */
  installedOrder: 'shuffled' | 'stable';
  /** Refuse the user agents that libraries send by default, as the edge does. @default true */
  userAgentCheck: boolean;
  /** What a person chooses on the consent page; `location`: the first one. @default 'agency' */
  consent: 'agency' | 'location' | 'deny';
  /** The consent page of a private app wants its version_id. @default true */
  isPrivateApp: boolean;
  /** The addresses that the app may send people back to. @default none */
  redirectUris: readonly string[];
  /** What comes of asking for scopes that the app does not have. @default 'refuse' */
  unknownScopes: 'refuse' | 'drop';
  /** Whether the way back carries the state that was sent. @default true */
  echoesState: boolean;
  /** @default 'Invalid JWT' */
  expiredTokenMessage: string;
  /** The answer to data requests for a suspended location with a token that is still valid. */
  suspendedAnswer: { readonly status: number; readonly message: string };
  /** The answer to a mint for a location without the app. */
  uninstalledAnswer: { readonly status: number; readonly message: string };
}

export interface SimulatorOptions {
  /** The same options make the same world. @default 'seed' */
  readonly seed?: string | number;
  /** The server's clock, in milliseconds since the epoch. @default the machine's */
  readonly now?: () => number;
  /** Waits for latency and slow answers. @default a timer of the machine */
  readonly sleep?: (milliseconds: number) => Promise<void>;
  /** How many, or which. @default 1 */
  readonly locations?: number | readonly LocationOptions[];
  /** @default 100 */
  readonly contactsPerLocation?: number;
  /** @default a fifth of the contacts */
  readonly opportunitiesPerLocation?: number;
  /** Rows a location of the other kinds; a few of each if absent. */
  readonly rows?: CollectionCounts;
  /** What the app and the private integrations of the locations may do. @default all that the routes need */
  readonly scopes?: readonly string[];
  /** Types and keys vary from row to row as they do in the wild. @default true */
  readonly variations?: boolean;
  /** The share of rows without an update time. @default 0 */
  readonly shareNeverUpdated?: number;
  /** Seeded rows were written in the two years before. @default 2025-06-01 */
  readonly newestRowAt?: number;
  /** What `connectorConfig` gives as `api_url`. @default HighLevel's */
  readonly url?: string;
  readonly knobs?: Partial<Knobs>;
  /** Pages that are kept ready for whoever asks for them again, as bytes of JSON. @default 256 MiB */
  readonly keptPageBytes?: number;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
  max: 100,
  intervalMs: 10_000,
  daily: 200_000,
  retryAfter: false,
};

export const DATA_SCOPES: readonly string[] = [
  'locations.readonly',
  'contacts.readonly',
  'opportunities.readonly',
  'locations/customFields.readonly',
  'campaigns.readonly',
  'calendars.readonly',
  'calendars/groups.readonly',
  'calendars/events.readonly',
  'users.readonly',
  'conversations.readonly',
  'conversations/message.readonly',
  'forms.readonly',
  'surveys.readonly',
  'invoices.readonly',
  'invoices/estimate.readonly',
  'payments/orders.readonly',
  'payments/transactions.readonly',
  'payments/subscriptions.readonly',
  'payments/coupons.readonly',
  'products.readonly',
  'products/prices.readonly',
  'businesses.readonly',
  'locations/tags.readonly',
  'locations/tasks.readonly',
  'locations/customValues.readonly',
  'workflows.readonly',
  'voice-ai-dashboard.readonly',
  'objects/schema.readonly',
  'objects/record.readonly',
  'associations.readonly',
  'associations/relation.readonly',
  'emails/schedule.readonly',
  'links.readonly',
  'funnels/funnel.readonly',
  'funnels/page.readonly',
];
export const OAUTH_SCOPES: readonly string[] = ['oauth.readonly', 'oauth.write'];

const DEFAULT_KNOBS: Readonly<Knobs> = {
  indexLagMs: 0,
  foundRows: 'indexed',
  descentOrder: 'newest_first',
  latencyMs: 0,
  rateLimits: DEFAULT_RATE_LIMITS,
  tokenBinding: 'issued',
  nullTokens: 'refuse',
  pageWithToken: 'refuse',
  pageWindow: 10_000,
  mostContacts: 500,
  mostOpportunities: 100,
  mostLocations: 100,
  silentLocationsPage: undefined,
  contactsSearchStatus: 200,
  silentPageSize: undefined,
  refusedPageSize: undefined,
  dayOffsetMinutes: 600,
  exportCursorLifetimeMs: 60_000,
  reportedTotal: (total) => total,
  installedOrder: 'shuffled',
  userAgentCheck: true,
  consent: 'agency',
  isPrivateApp: true,
  redirectUris: [],
  unknownScopes: 'refuse',
  echoesState: true,
  expiredTokenMessage: 'Invalid JWT',
  suspendedAnswer: { status: 400, message: 'Location is not active' },
  uninstalledAnswer: { status: 400, message: 'The app is not installed on this location.' },
};

export const createKnobs = (turned: Partial<Knobs> = {}): Knobs => ({ ...DEFAULT_KNOBS, ...turned });

export const REFUSED_LOCATION = { status: 403, message: 'The token does not have access to this location.' };

/** Settings that replace or join those of a ready-made config. */
export type ConfigOverrides = JsonObject;
