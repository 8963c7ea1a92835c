/** Keeps what must not be printed out of every log line, trace and status. */
export interface Redactor {
  /** Adds a secret, as soon as it is known. Texts of fewer than four characters are ignored: they would mask words. */
  readonly add: (secret: string) => void;
  /** Also hides what looks like a token, whole or cut off: an answer may quote one that nobody has told of. */
  readonly redact: (text: string) => string;
}

const MASK = '****';
/** A JSON Web Token, and a private integration's token. */
const TOKEN = /\b(?:eyJ[\w-]{8,}(?:\.[\w-]*){0,2}|pit-[\w-]{8,})/g;
const SHORTEST_SECRET = 4;

export const createRedactor = (): Redactor => {
  const secrets = new Set<string>();
  /** Longest first, so that a secret inside another does not leave the rest of the other readable. */
  let ordered: readonly string[] = [];
  return {
    add: (secret) => {
      if (secret.length < SHORTEST_SECRET || secrets.has(secret)) return;
      secrets.add(secret);
      ordered = [...secrets].sort((a, b) => b.length - a.length);
    },
    redact: (text) =>
      ordered.reduce((masked, secret) => masked.replaceAll(secret, MASK), text).replace(TOKEN, MASK),
  };
};
