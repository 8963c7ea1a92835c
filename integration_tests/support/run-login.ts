import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { knownSecrets } from './known-secrets.ts';
import { createSecretFinder } from './secret-finder.ts';

/** What a person can do while login waits. */
export interface LoginControl {
  readonly type: (line: string) => void;
  readonly closeInput: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves as soon as standard error has the text; rejects when the process ends without it. */
  readonly said: (words: string) => Promise<void>;
}

export interface LoginRun {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface LoginOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Told the consent page's address when login shows it. */
  readonly onConsent?: (url: URL, control: LoginControl) => void | Promise<void>;
  readonly folder: string;
}

const CONNECTOR = process.env['CONNECTOR'] ?? fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const ADDRESS = /^ {2}(https:\S+)$/m;
const LONGEST_RUN_MS = 60_000;

/** A browser that takes one step. */
export const visit = async (
  url: string,
): Promise<{ readonly status: number; readonly location: string | undefined; readonly body: string }> =>
  new Promise((resolve, reject) => {
    get(url, { headers: { 'user-agent': 'Mozilla/5.0' }, agent: false }, (message) => {
      const { statusCode = 0, headers } = message;
      text(message).then((body) => {
        resolve({ status: statusCode, location: headers.location, body });
      }, reject);
    }).once('error', reject);
  });

/**
 * Runs `login` of the built connector with a person at it.
 * @throws Error when it says a secret on standard error
 */
export const runLogin = async (args: readonly string[], options: LoginOptions): Promise<LoginRun> => {
  const { env = {}, onConsent, folder } = options;
  const child = spawn(process.execPath, [CONNECTOR, 'login', ...args], {
    cwd: folder,
    env: { HOME: folder, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: LONGEST_RUN_MS,
    killSignal: 'SIGKILL',
  });
  let stderr = '';
  const ended = new Promise<Pick<LoginRun, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (stderr.includes(words)) resolve();
      };
      child.stderr.on('data', look);
      child.stderr.once('end', () => {
        reject(new Error(`It did not say "${words}" but:\n${stderr}`));
      });
      look();
    });
  const control: LoginControl = {
    type: (line) => void child.stdin.write(`${line}\n`),
    closeInput: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    said,
  };
  let shown: Promise<void> | undefined;
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
    const address = ADDRESS.exec(stderr)?.[1];
    if (address !== undefined)
      shown ??= Promise.resolve(onConsent?.(new URL(address), control)).catch((thrown: unknown) => {
        child.kill('SIGKILL');
        throw thrown;
      });
  });
  const [stdout, end] = await Promise.all([text(child.stdout), ended, ended.then(() => shown)]);
  const secrets = [...knownSecrets(), ...Object.values(env)];
  const found = createSecretFinder(secrets)(stderr);
  if (found.length > 0) throw new Error(`Standard error holds secrets: ${found.join(', ')}\n${stderr}`);
  return { ...end, stdout, stderr };
};
