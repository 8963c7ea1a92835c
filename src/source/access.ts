import type { Authenticator } from '../http/authenticator.ts';

/** What the credentials open: tokens for locations, and the agency's own token where there is one. */
export interface Access {
  readonly authenticatorFor: (locationId: string) => Authenticator;
  /** Gets a location's token before it is needed. Never rejects. Undefined where tokens are at hand. */
  readonly prepare: ((locationId: string) => Promise<void>) | undefined;
  /** Undefined when the credentials belong to locations and not to an agency. */
  readonly company: CompanyAccess | undefined;
  /** The agency, as far as the credentials tell. */
  readonly companyId: string | undefined;
  /** The locations the credentials are for; undefined when HighLevel has to be asked. */
  readonly ownLocations: readonly string[] | undefined;
  /** Undefined when only HighLevel knows. */
  readonly scopes: ReadonlySet<string> | undefined;
  /** True if every location has a token with scopes of its own, so that a missing scope concerns one location only. */
  readonly hasScopesPerLocation: boolean;
}

export interface CompanyAccess {
  readonly authenticator: Authenticator;
  readonly companyId: string;
  /** The marketplace app the locations are asked for; the part of the client id before the dash. */
  readonly appId: string;
}
