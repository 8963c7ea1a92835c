/** Part of the time that a walk's key lies in; epoch milliseconds. */
export interface Span {
  /** Inclusive; undefined: from the beginning. */
  readonly since: number | undefined;
  /** Exclusive. */
  readonly before: number;
}

/**
 * Cuts a time into parts of about the same length, ascending and without a gap: where one ends the next one begins. None
 * is shorter than a millisecond, so that there may be fewer than asked for.
 */
export const cutSpan = (since: number, before: number, parts: number): readonly Span[] => {
  const edges = Array.from({ length: parts + 1 }, (_, index) =>
    Math.round(since + ((before - since) * index) / parts),
  );
  return edges.slice(1).flatMap((edge, index) => {
    const from = edges[index] ?? since;
    return from < edge ? [{ since: from, before: edge }] : [];
  });
};

/** Ascending spans, where those that touch or overlap are one. */
export const joinSpans = (spans: readonly Span[]): readonly Span[] =>
  spans.reduce<readonly Span[]>((joined, span) => {
    const last = joined.at(-1);
    if (last === undefined || (span.since ?? -Infinity) > last.before) return [...joined, span];
    return [...joined.slice(0, -1), { since: last.since, before: Math.max(last.before, span.before) }];
  }, []);
