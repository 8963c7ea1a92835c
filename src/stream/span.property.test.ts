import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutSpan, joinSpans, type Span } from './span.ts';

const instant = fc.integer({ min: 0, max: 200 });

describe('a time that is cut', () => {
  test('is covered by its parts without a gap or an overlap, and there are no more than asked for', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (since, length, parts) => {
          const spans = cutSpan(since, since + length, parts);
          expect(spans[0]?.since).toBe(since);
          expect(spans.at(-1)?.before).toBe(since + length);
          expect(spans.slice(1).map((span) => span.since)).toEqual(
            spans.slice(0, -1).map(({ before }) => before),
          );
          expect(spans.every((span) => span.before - (span.since ?? 0) >= 1)).toBe(true);
          expect(spans.length).toBe(Math.min(parts, length));
        },
      ),
    );
  });

  test('and joined again is what it was', () => {
    fc.assert(
      fc.property(
        instant,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 20 }),
        (since, length, parts) => {
          expect(joinSpans(cutSpan(since, since + length, parts))).toEqual([
            { since, before: since + length },
          ]);
        },
      ),
    );
  });
});

test('spans that are joined cover the same instants, and lie apart', () => {
  const span = fc
    .record({ since: instant, length: fc.integer({ min: 1, max: 20 }) })
    .map(({ since, length }): Span => ({ since, before: since + length }));
  const holds = (spans: readonly Span[], at: number): boolean =>
    spans.some(({ since = -Infinity, before }) => at >= since && at < before);
  fc.assert(
    fc.property(fc.array(span, { maxLength: 8 }), (given) => {
      const ascending = [...given].sort((a, b) => (a.since ?? 0) - (b.since ?? 0));
      const joined = joinSpans(ascending);
      for (let at = 0; at < 230; at += 1) expect(holds(joined, at)).toBe(holds(given, at));
      expect(joined.slice(1).every(({ since = 0 }, index) => since > (joined[index]?.before ?? 0))).toBe(
        true,
      );
    }),
  );
});
