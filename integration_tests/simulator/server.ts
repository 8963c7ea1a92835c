import type { Answer } from './answers.ts';
import type { Call } from './call.ts';
import type { Codes } from './codes.ts';
import type { Grants } from './grants.ts';
import type { Knobs } from './options.ts';
import type { PageCache } from './page-cache.ts';
import type { Random } from './random.ts';
import type { IssuedTokens } from './search-page.ts';
import type { AccessToken, AccessTokens, AppIdentity } from './tokens.ts';
import type { LocationState } from './world.ts';

/** What the routes share. */
export interface Server {
  readonly app: AppIdentity;
  readonly knobs: Knobs;
  readonly now: () => number;
  /** Draws for what differs from request to request. */
  readonly random: Random;
  readonly locations: ReadonlyMap<string, LocationState>;
  readonly accessTokens: AccessTokens;
  readonly grants: Grants;
  readonly codes: Codes;
  readonly issued: IssuedTokens;
  readonly pages: PageCache;
  /** Scopes the app and the private integrations have now; what is not in here is refused to old tokens, too. */
  readonly scopes: Set<string>;
  readonly company: { active: boolean };
}

/** What a route's handler is given once the request has been let in. */
export interface RouteContext {
  readonly server: Server;
  readonly call: Call;
  /** Undefined on routes without a token. */
  readonly token: AccessToken | undefined;
  /** The location asked for; throws if the route has none. */
  readonly location: () => LocationState;
}

/** Who may come in: tokens of a location, of the agency, of an agency's OAuth sign-in, either, or anybody. */
export type Audience = 'location' | 'agency' | 'company_oauth' | 'agency_or_location' | 'anybody';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  readonly audience: Audience;
  readonly scope?: string;
  /**
   * `validated`: the route itself refuses a request without a location, in its own words. `token`: the request names
   * none; it is the token's.
   */
  readonly location?: 'required' | 'validated' | 'token';
  readonly handle: (context: RouteContext) => Answer;
}
