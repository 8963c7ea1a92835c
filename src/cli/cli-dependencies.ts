import type { Writable } from 'node:stream';
import type { SharedFile } from '../auth/shared-file.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { HttpClient } from '../http/client.ts';
import type { LoginMachine } from '../login/login-machine.ts';
import type { MessageEmitter } from '../protocol/emitter.ts';
import type { SyncWatch } from '../source/sync-watch.ts';

/** What the command line takes from the process. */
export interface CliDependencies {
  readonly emitter: MessageEmitter;
  /** Takes the log lines of commands whose output is not for the platform. */
  readonly aside: Writable;
  readonly runtime: Runtime;
  readonly createClient: (apiUrl: string) => HttpClient;
  readonly readTextFile: (path: string) => Promise<string>;
  readonly openSharedFile: (path: string) => SharedFile;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the person at the keyboard a sentence, on standard error. */
  readonly say: (sentence: string) => void;
  /** Loads what only a sign-in takes from the machine. */
  readonly openLoginMachine: () => Promise<LoginMachine>;
  readonly version: string;
  /** What the process may use for objects. */
  readonly heapLimitBytes: number;
  /** Shows somebody how a sync goes on; undefined: nobody looks on. */
  readonly openWatch?: (() => Promise<SyncWatch>) | undefined;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
}
