import { createHash } from 'node:crypto';

/** Tells tokens apart without giving one away: 32 hexadecimal digits of its hash. */
export const fingerprint = (token: string): string =>
  createHash('sha256').update(token).digest('hex').slice(0, 32);

/** Its first digits, enough for a person who compares two lines of a log. */
export const shortFingerprint = (token: string): string => fingerprint(token).slice(0, 8);
