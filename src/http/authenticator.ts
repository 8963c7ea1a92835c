/** Where a request's bearer token comes from. Implemented in `auth/`. */
export interface Authenticator {
  /**
   * A bearer token believed to be valid; fetched, minted or refreshed when there is none.
   * @throws ConnectorError when no token can be had
   */
  readonly token: () => Promise<string>;
  /**
   * Called when HighLevel refused `rejected`. Resolves to true when `token` now gives another one (perhaps because
   * another caller has replaced it already), to false when there is nothing better to offer.
   * @throws ConnectorError when the attempt to get another one failed for good
   */
  readonly renew: (rejected: string) => Promise<boolean>;
}
