import type { Call } from './call.ts';

/** What a disturbed request gets. */
export type FaultAnswer =
  /** A status with an HTML page, as the edge sends. */
  | { readonly kind: 'html'; readonly status: number }
  /** No answer: the connection is reset. */
  | { readonly kind: 'reset' }
  /** The true answer, cut after so many bytes; then the connection is reset. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** The true answer, late; `body` delays it behind the headers and the first half. */
  | { readonly kind: 'slow'; readonly delayMs: number; readonly part?: 'head' | 'body' }
  /** Status 200 with half of the true answer, properly ended. */
  | { readonly kind: 'malformed' }
  /** A 429 in the API's form whatever the quota says. */
  | { readonly kind: 'rate_limited'; readonly retryAfterS?: number }
  /** The envelope with any status and message. */
  | { readonly kind: 'status'; readonly status: number; readonly message: string }
  /** Anything at all. */
  | { readonly kind: 'response'; readonly response: () => Response };

export interface Fault {
  /** Which requests; all if absent. */
  readonly matches?: (call: Call) => boolean;
  /** Which of the matching requests, the first being 1; every one if absent. */
  readonly nth?: number | ((count: number) => boolean);
  readonly answer: FaultAnswer;
}

export interface Faults {
  /** The first fault added that applies wins. Returns what takes it away again. */
  readonly add: (fault: Fault) => () => void;
  readonly clear: () => void;
}

export interface FaultRegistry extends Faults {
  readonly pick: (call: Call) => FaultAnswer | undefined;
}

const isDue = ({ nth }: Fault, count: number): boolean => {
  if (nth === undefined) return true;
  return typeof nth === 'number' ? nth === count : nth(count);
};

export const createFaults = (): FaultRegistry => {
  const counts = new Map<Fault, number>();
  return {
    add: (fault) => {
      counts.set(fault, 0);
      return () => {
        counts.delete(fault);
      };
    },
    clear: () => {
      counts.clear();
    },
    pick: (call) => {
      let picked: FaultAnswer | undefined;
      for (const [fault, seen] of counts) {
        if (fault.matches?.(call) === false) continue;
        counts.set(fault, seen + 1);
        if (isDue(fault, seen + 1)) picked ??= fault.answer;
      }
      return picked;
    },
  };
};
