/** What a sign-in consists of at a time. */
export interface OAuthTokens {
  /** Empty: fetch one at first. */
  readonly accessToken: string;
  /** Usable once: HighLevel answers a refresh with its successor. */
  readonly refreshToken: string;
  /** By the local clock, epoch milliseconds. Undefined: as the token itself says, else valid until refused. */
  readonly expiresAtMs?: number | undefined;
}
