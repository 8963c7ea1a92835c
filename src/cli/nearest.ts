import { closest, distance } from 'fastest-levenshtein';

/** The name that was probably meant; undefined if none is alike. */
export const nearest = (word: string, names: readonly string[]): string | undefined => {
  if (names.length === 0) return undefined;
  const name = closest(word, names);
  return distance(word, name) <= Math.ceil(word.length / 3) && word.length > 1 ? name : undefined;
};
