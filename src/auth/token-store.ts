import type { OAuthTokens } from './oauth-tokens.ts';

/**
 * Keeps the tokens of one sign-in from run to run, where nobody keeps the configuration; other processes may share it.
 * Every method throws a ConnectorError of reach `sync` when it cannot do what it says.
 */
export interface TokenStore {
  /** The newest tokens that any run has kept; undefined before the first. */
  readonly newest: () => Promise<OAuthTokens | undefined>;
  /**
   * To be called before a refresh is sent: proves that its tokens will be kept, by keeping the present ones.
   * @returns the newest tokens, which may be those of another run
   */
  readonly prepare: (present: OAuthTokens) => Promise<OAuthTokens>;
  /** Has kept the tokens for good when it resolves. @returns them, or those of another run that is ahead */
  readonly keep: (renewed: OAuthTokens) => Promise<OAuthTokens>;
}
