import type { JsonObject } from '../../src/foundation/json.ts';
import type { Attempt, WireFault } from './schedule.ts';
import type { TokenRenewal } from './token-watch.ts';

/** What an attempt is given. */
export interface AttemptInputs {
  readonly command: 'read' | 'discover';
  readonly config: JsonObject;
  readonly catalog?: JsonObject;
  readonly state?: readonly JsonObject[];
  readonly env: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface AttemptOutput {
  readonly exitCode: number | null;
  readonly signal: 'SIGKILL' | 'SIGTERM' | null;
  readonly lines: readonly string[];
  readonly rest: string;
  readonly stderr: string;
  readonly requests: number;
  /** Its reader went away before it had taken everything, and it was told. */
  readonly isRefused: boolean;
  readonly faults: readonly WireFault[];
  /** New tokens were given, and did not arrive. */
  readonly hasLostTokens: boolean;
  /** The longest time without a record or a state; 0 where the clock is the real one. */
  readonly longestSilenceMs: number;
  /** Undefined where nobody watches. */
  readonly renewals: readonly TokenRenewal[] | undefined;
  /** Of new tokens that were used before the platform had them. */
  readonly tokenProblems: readonly string[];
}

/** Where a connector runs. */
export interface Machine {
  readonly run: (inputs: AttemptInputs, attempt: Attempt, hooks: AttemptHooks) => Promise<AttemptOutput>;
}

export interface AttemptHooks {
  /** Before the nth request is answered. */
  readonly onRequest: (nth: number) => void;
  readonly seed: number;
}
