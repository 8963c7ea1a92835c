import type { TokenClass } from '../auth/claims.ts';

/** What the person has said on the command line. */
export interface LoginOptions {
  /** Undefined: that of the configuration. */
  readonly clientId: string | undefined;
  readonly redirectUri: string;
  /** Separated by blanks. */
  readonly scopes: string | undefined;
  readonly versionId: string | undefined;
  /** Where the configuration is to be written; undefined: standard output. */
  readonly out: string | undefined;
  /** Path of a configuration to sign in anew for. */
  readonly config: string | undefined;
  readonly mayOverwrite: boolean;
  /** What the sign-in has to be for; undefined: whatever is chosen. */
  readonly userType: TokenClass | undefined;
  /** Never listen for the browser. */
  readonly isPasted: boolean;
  readonly isWhiteLabel: boolean;
  readonly apiUrl: string | undefined;
}
