import type { Grant } from './grants.ts';
import type { Random } from './random.ts';

/** What a code was given out for. */
export interface CodeIssue {
  readonly grant: Grant;
  readonly clientId: string;
  readonly redirectUri: string;
}

/** The codes that consents end with. */
export interface Codes {
  readonly issue: (issue: CodeIssue) => string;
  /** Looks a code up, which uses it up whatever comes of it; undefined if it is used, expired or unknown. */
  readonly take: (code: string) => CodeIssue | undefined;
}

/** HighLevel says that a code has to be used at once, and not how long that is. */
const LIFETIME_MS = 60_000;

export const createCodes = (random: Random, now: () => number): Codes => {
  const codes = new Map<string, CodeIssue & { readonly expiresAt: number }>();
  return {
    issue: (issue) => {
      const code = random.hex(40);
      codes.set(code, { ...issue, expiresAt: now() + LIFETIME_MS });
      return code;
    },
    take: (code) => {
      const issue = codes.get(code);
      codes.delete(code);
      return issue !== undefined && issue.expiresAt > now() ? issue : undefined;
    },
  };
};
