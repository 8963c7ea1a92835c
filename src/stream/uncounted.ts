import type { ReadContext } from './read-context.ts';

/** For a list that is read on behalf of another stream, whose count it is not. */
export const uncounted = (context: ReadContext): ReadContext => ({
  ...context,
  counted: undefined,
  expects: undefined,
});
