import type { SharedFile } from '../auth/shared-file.ts';
import type { Redactor } from '../foundation/redact.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { HttpClient } from '../http/client.ts';
import type { Input } from '../source/source.ts';
import type { LoginMachine } from './login-machine.ts';

export interface LoginDependencies {
  readonly runtime: Runtime;
  readonly machine: LoginMachine;
  readonly redactor: Redactor;
  readonly createClient: (apiUrl: string) => HttpClient;
  readonly openSharedFile: (path: string) => SharedFile;
  readonly input: (kind: string, path: string) => Input;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Tells the person something, on standard error. */
  readonly say: (sentence: string) => void;
  /** Shows an address, to the letter, on a line of its own on standard error. */
  readonly showAddress: (address: string) => void;
  /** Writes to standard output. */
  readonly print: (text: string) => Promise<void>;
  readonly signal: AbortSignal;
}
