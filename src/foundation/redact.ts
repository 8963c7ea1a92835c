import { singleLine } from './single-line.ts';

/** Keeps what must not be printed out of every log line, trace and status. */
export interface Redactor {
  /** Adds a secret, as soon as it is known. Texts of fewer than four characters are ignored: they would mask words. */
  readonly add: (secret: string) => void;
  /** The text as one line without secrets, however they are written in it: much of it comes from servers. */
  readonly redact: (text: string) => string;
}

const MASK = '****';
const SHORTEST_SECRET = 4;

/** As a server may repeat it: as it is, inside of JSON, in an address or a form. Mostly these are the same. */
const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  // By way of bytes, because half an emoji would throw.
  encodeURIComponent(Buffer.from(secret).toString()),
  new URLSearchParams({ '': secret }).toString().slice(1),
];

export const createRedactor = (): Redactor => {
  const secrets = new Set<string>();
  /** Longest first, so that a secret inside another does not leave the rest of the other readable. */
  let ordered: readonly string[] = [];
  return {
    add: (secret) => {
      if (secret.length < SHORTEST_SECRET || secrets.has(secret)) return;
      for (const form of formsOf(secret)) secrets.add(form);
      ordered = [...secrets].sort((a, b) => b.length - a.length);
    },
    redact: (text) => singleLine(ordered.reduce((masked, secret) => masked.replaceAll(secret, MASK), text)),
  };
};
