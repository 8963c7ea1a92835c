import type { RedirectPage } from './redirect-page.ts';
import type { RedirectTarget } from './redirect-target.ts';

/** Waits for browsers to come back. */
export interface RedirectListener {
  readonly close: () => Promise<void>;
}

/** Answers each request for the target's path. Rejects with the machine's own failure, which has a `code`. */
export type ListenForRedirect = (
  target: RedirectTarget,
  answer: (query: URLSearchParams) => RedirectPage,
) => Promise<RedirectListener>;

/** What a sign-in takes from the machine besides. */
export interface LoginMachine {
  readonly listen: ListenForRedirect;
  /** Asks for something and does not show what is typed; undefined where nobody is at a terminal. */
  readonly askSecretly: (question: string, signal: AbortSignal) => Promise<string | undefined>;
  /** What is typed, pasted or piped in, line by line; ends with the input, or with the signal. */
  readonly lines: (signal: AbortSignal) => AsyncIterable<string>;
  /** A text that nobody can guess. */
  readonly secretText: () => string;
}
