import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from './doubles/any-json.ts';
import { createRedactor } from './redact.ts';

/** Few letters, so that secrets overlap and contain each other. */
const closeSecret = fc.string({
  unit: fc.constantFrom('a', 'b', '$', '.', '\\', '+'),
  minLength: 4,
  maxLength: 8,
});
const secret = fc.oneof(
  closeSecret,
  anyText().filter((text) => !text.includes('*') && text.length >= 4),
);
const secretsOf = fc.array(secret, { minLength: 1, maxLength: 6 });
const textWith = (secrets: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.constantFrom(...secrets), closeSecret, anyText()), { maxLength: 8 })
    .map((parts) => parts.join(''));
const secretsAndText = secretsOf.chain((secrets) => fc.tuple(fc.constant(secrets), textWith(secrets)));

const redactorOf = (secrets: readonly string[]) => {
  const redactor = createRedactor();
  secrets.forEach(redactor.add);
  return redactor;
};

describe('a text that secrets are taken from', () => {
  test('holds none of them, and stays the same when they are taken once more', () => {
    fc.assert(
      fc.property(secretsAndText, ([secrets, text]) => {
        const { redact } = redactorOf(secrets);
        const masked = redact(text);
        for (const one of secrets) expect(masked).not.toContain(one);
        expect(redact(masked)).toBe(masked);
      }),
    );
  });

  test('holds no part of two that overlap in it', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 9, maxLength: 20 }),
        (codes) => {
          const whole = String.fromCharCode(...codes);
          const { redact } = redactorOf([whole.slice(0, 6), whole.slice(3)]);
          expect(redact(`<${whole}>`)).toBe('<****>');
        },
      ),
    );
  });

  test('is left as it is where there are none', () => {
    fc.assert(
      fc.property(secretsOf, anyText(), (secrets, text) => {
        fc.pre(!secrets.some((one) => text.includes(one)));
        expect(redactorOf(secrets).redact(text)).toBe(text);
      }),
    );
  });

  test.each([
    ['in JSON', (text: string) => JSON.stringify(text).slice(1, -1)],
    ['in a URL', (text: string) => encodeURIComponent(text)],
    ['in a form', (text: string) => new URLSearchParams({ text }).toString().slice('text='.length)],
  ])('holds none of them as they are written %s', (_, write) => {
    fc.assert(
      fc.property(secretsOf, anyText(), (secrets, around) => {
        fc.pre(!secrets.some((one) => /\p{Surrogate}/u.test(one)));
        const { redact } = redactorOf(secrets);
        for (const one of secrets) expect(redact(`${around} ${write(one)}`)).not.toContain(write(one));
      }),
    );
  });
});
