import { secretForms } from './secret-forms.ts';

/** The secrets that a text holds in any form, each named by its beginning. */
export type FindSecrets = (text: string) => readonly string[];

/** Shorter ones are words. */
const SHORTEST = 8;
/** The ends of all forms are looked for at once, by their hashes. */
const WINDOW = SHORTEST;
const BASE = 0x01000193;
/** BASE ** WINDOW, in 32 bits. */
const OLDEST_WEIGHT = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, BASE), 1);

/** The hash without its oldest character, if there is one, and with another. */
const rolled = (hash: number, newest: number, oldest: number | undefined): number => {
  const grown = Math.imul(hash, BASE) + newest;
  return (oldest === undefined ? grown : grown - Math.imul(OLDEST_WEIGHT, oldest)) | 0;
};

const hashOf = (text: string): number => {
  let hash = 0;
  for (let at = 0; at < text.length; at += 1) hash = rolled(hash, text.charCodeAt(at), undefined);
  return hash;
};

/** Of a token that is signed, the part that nobody could guess gives it away as well. */
const partsOf = (secret: string): readonly string[] => [secret, secret.split('.').at(-1) ?? secret];

/** One pass over a text, however many the secrets are: a whole suite knows thousands. */
export const createSecretFinder = (secrets: Iterable<string>): FindSecrets => {
  const forms = [...new Set(secrets)]
    .flatMap(partsOf)
    .flatMap(secretForms)
    .filter((form) => form.length >= SHORTEST);
  const byEnd = new Map<number, Set<string>>();
  for (const form of forms) {
    const hash = hashOf(form.slice(-WINDOW));
    byEnd.set(hash, (byEnd.get(hash) ?? new Set()).add(form));
  }
  return (text) => {
    const found = new Set<string>();
    let hash = 0;
    for (let at = 0; at < text.length; at += 1) {
      const oldest = at < WINDOW ? undefined : text.charCodeAt(at - WINDOW);
      hash = rolled(hash, text.charCodeAt(at), oldest);
      for (const form of byEnd.get(hash) ?? []) if (text.endsWith(form, at + 1)) found.add(form);
    }
    return [...found].map((form) => `${form.slice(0, 6)}… (${form.length} characters)`);
  };
};
