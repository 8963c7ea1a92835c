/** The higher, the sooner; undefined where nobody knows yet. */
export type Urgency = number | undefined;

interface Candidate<T> {
  readonly one: T;
  /** Its place among all. */
  readonly at: number;
}

/**
 * The one for which `urgency` is highest, and among equals the first; undefined when there is none. What nobody knows of
 * may be more urgent than all others, or less: it and the most urgent of the others go first come, first served, so that
 * neither waits for as long as there are more of the other kind. Only Infinity goes before it.
 */
export const mostUrgent = <T>(all: Iterable<T>, urgency: (one: T) => Urgency): T | undefined => {
  let known: (Candidate<T> & { readonly value: number }) | undefined;
  let unknown: Candidate<T> | undefined;
  let at = 0;
  for (const one of all) {
    at += 1;
    const value = urgency(one);
    if (value === undefined) unknown ??= { one, at };
    else if (known === undefined || value > known.value) known = { one, at, value };
  }
  if (known === undefined || unknown === undefined) return (known ?? unknown)?.one;
  return known.value === Infinity || known.at < unknown.at ? known.one : unknown.one;
};
