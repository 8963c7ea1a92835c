import { singleLine } from './single-line.ts';

/** Keeps what must not be printed out of every log line, trace and status. */
export interface Redactor {
  /**
   * Adds a secret, as soon as it is known, in each form that a message may repeat it in: as it is, in JSON, in a URL or
   * a form. Texts of fewer than four characters are ignored: they would mask words.
   */
  readonly add: (secret: string) => void;
  /** The text as one line without secrets, however they are written in it, nor what looks like a token, whole or cut off. */
  readonly redact: (text: string) => string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const MASK = '****';
/** A JSON Web Token, and a private integration's token. */
const TOKEN = /\b(?:eyJ[\w-]{8,}(?:\.[\w-]*){0,2}|pit-[\w-]{8,})/g;
const SHORTEST_SECRET = 4;
const HALF_CHARACTER = /\p{Surrogate}/u;

const formsOf = (secret: string): readonly string[] => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  new URLSearchParams([['', secret]]).toString().slice(1),
  // It throws at half a character, which has no form in a URL.
  ...(HALF_CHARACTER.test(secret) ? [] : [encodeURIComponent(secret)]),
];

/** Every place of `form`, also those that overlap. */
const spansOf = (form: string, text: string): readonly Span[] => {
  const spans: Span[] = [];
  for (let start = text.indexOf(form); start >= 0; start = text.indexOf(form, start + 1)) {
    spans.push({ start, end: start + form.length });
  }
  return spans;
};

/** Spans that overlap become one, or what is left of a secret behind another one would be readable. */
const masked = (text: string, spans: readonly Span[]): string => {
  let shown = '';
  let hiddenTo = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start >= hiddenTo) shown += text.slice(hiddenTo, start) + MASK;
    hiddenTo = Math.max(hiddenTo, end);
  }
  return shown + text.slice(hiddenTo);
};

export const createRedactor = (): Redactor => {
  const forms = new Set<string>();
  return {
    add: (secret) => {
      if (secret.length >= SHORTEST_SECRET) for (const form of formsOf(secret)) forms.add(form);
    },
    redact: (text) => {
      const spans: Span[] = [];
      for (const form of forms) spans.push(...spansOf(form, text));
      const shown = spans.length === 0 ? text : masked(text, spans);
      return singleLine(shown.replace(TOKEN, MASK));
    },
  };
};
