import type { Call } from '../simulator/call.ts';
import type { FaultAnswer } from '../simulator/faults.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { WireDisturbance, WireFault } from './schedule.ts';

/** What a served HighLevel does to the requests of one attempt. */
export interface ServedFaults {
  readonly requests: () => number;
  /** What was done to requests. */
  readonly done: () => readonly WireFault[];
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: () => boolean;
  readonly end: () => void;
}

/** Faults that only a wire of one's own can play have no answer. */
const ANSWERS: Readonly<Record<WireFault, FaultAnswer | undefined>> = {
  html: { kind: 'html', status: 502 },
  error: { kind: 'status', status: 500, message: 'Internal server error' },
  lost: { kind: 'reset' },
  unanswered: { kind: 'cut', afterBytes: 0 },
  cut: { kind: 'cut', afterBytes: 20 },
  malformed: { kind: 'malformed' },
  rate_limited: { kind: 'rate_limited', retryAfterS: 1 },
  stalled: undefined,
  slow: undefined,
  repeated: undefined,
  shuffled: undefined,
  reversed: undefined,
  stuck: undefined,
  thinned: undefined,
  bare: undefined,
  echoed: undefined,
};

/** The request is carried out, and its answer cannot be read. */
const SPOILING: ReadonlySet<WireFault> = new Set<WireFault>(['unanswered', 'cut', 'malformed']);

const covers = ({ nth, count }: WireDisturbance, request: number): boolean =>
  request >= nth && request < nth + count;

const wasRefreshed = ({ path, status }: Call): boolean =>
  path === '/oauth/token' && status >= 200 && status < 300;

interface ServedFaultsOptions {
  readonly disturbances: readonly WireDisturbance[];
  /** Before the nth request is answered. */
  readonly onRequest: (nth: number) => void;
}

/** Disturbs the next requests until it is ended. */
export const disturb = (
  { calls, faults, beforeAnswer }: Simulator,
  { disturbances, onRequest }: ServedFaultsOptions,
): ServedFaults => {
  const before = calls.length;
  const possible = disturbances.filter(({ fault }) => ANSWERS[fault] !== undefined);
  let requests = 0;
  const removeHook = beforeAnswer(() => {
    requests += 1;
    onRequest(requests);
  });
  for (const disturbance of possible) {
    const answer = ANSWERS[disturbance.fault];
    if (answer !== undefined) faults.add({ nth: (count) => covers(disturbance, count), answer });
  }
  // The registry counts like this hook: one call after the other, in the order of arrival.
  const faultOf = (index: number): WireFault | undefined =>
    possible.find((disturbance) => covers(disturbance, index + 1))?.fault;
  const own = (): readonly Call[] => calls.slice(before, before + requests);
  return {
    requests: () => requests,
    done: () => own().flatMap((_, index) => faultOf(index) ?? []),
    hasLostTokens: () => {
      const lost = own().map((call, index) => {
        const fault = faultOf(index);
        return wasRefreshed(call) ? fault !== undefined && SPOILING.has(fault) : undefined;
      });
      return lost.findLast((isLost) => isLost !== undefined) ?? false;
    },
    end: () => {
      removeHook();
      faults.clear();
    },
  };
};
