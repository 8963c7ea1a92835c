import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';

/** A file the connector is given: a JSON value, any text, or nothing but a path. */
export type InputFile = { readonly json: unknown } | { readonly text: string } | { readonly path: string };

export interface ConnectorInputs {
  readonly config?: InputFile;
  readonly catalog?: InputFile;
  readonly state?: InputFile;
}

/** What a scenario may do to the process while it reads its lines. */
export interface ProcessControl {
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Goes away as a reader does; the rest is never read. */
  readonly closeStdout: () => void;
}

/** Nothing more is read while the promise is pending: a slow reader. `index` counts lines from 0. */
export type OnLine = (line: string, index: number, control: ProcessControl) => void | Promise<void>;

export interface RunOptions {
  /** All the environment there is, besides what starts Node. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onLine?: OnLine;
  /** Told before the first line. */
  readonly onStart?: (control: ProcessControl) => void;
  /** After the command and its files. */
  readonly moreArguments?: readonly string[];
}

export interface ConnectorOutput {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whole lines of standard output, without their line feeds. */
  readonly lines: readonly string[];
  /** What came after the last line feed. */
  readonly rest: string;
  readonly stderr: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** The bundle that `npm run build` made; `CONNECTOR` names another, so that a build meanwhile disturbs no run. */
const CONNECTOR = process.env['CONNECTOR'] ?? fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const LONGEST_RUN_MS = 25_000;

const pathOf = async (folder: string, name: string, file: InputFile): Promise<string> => {
  if ('path' in file) return file.path;
  const path = join(folder, `${name}.json`);
  await writeFile(path, 'text' in file ? file.text : JSON.stringify(file.json));
  return path;
};

const argumentsOf = async (folder: string, inputs: ConnectorInputs): Promise<readonly string[]> => {
  const files = Object.entries(inputs).filter(
    (entry): entry is [string, InputFile] => entry[1] !== undefined,
  );
  const options = await Promise.all(
    files.map(async ([name, file]) => [`--${name}`, await pathOf(folder, name, file)]),
  );
  return options.flat();
};

/** Reads line by line, each only after the one before has been dealt with. */
const readLines = async (
  { stdout }: Child,
  onLine: OnLine | undefined,
  control: ProcessControl,
): Promise<Pick<ConnectorOutput, 'lines' | 'rest'>> => {
  const lines: string[] = [];
  let rest = '';
  stdout.setEncoding('utf8');
  try {
    for await (const chunk of stdout) {
      const pieces = (rest + String(chunk)).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) {
        lines.push(line);
        await onLine?.(line, lines.length - 1, control);
      }
    }
  } catch (thrown) {
    if (!stdout.destroyed) throw thrown;
  }
  return { lines, rest };
};

const run = async (child: Child, { onLine, onStart }: RunOptions): Promise<ConnectorOutput> => {
  const control: ProcessControl = {
    kill: (signal) => void child.kill(signal),
    closeStdout: () => void child.stdout.destroy(),
  };
  onStart?.(control);
  const ended = new Promise<Pick<ConnectorOutput, 'exitCode' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode, signal) => {
      resolve({ exitCode, signal });
    });
  });
  const [read, stderr, end] = await Promise.all([
    readLines(child, onLine, control),
    text(child.stderr),
    ended,
  ]);
  return { ...read, ...end, stderr };
};

/** Runs a command of the built connector as the platform does: files, environment and pipes. */
export const runConnector = async (
  command: string,
  inputs: ConnectorInputs = {},
  options: RunOptions = {},
): Promise<ConnectorOutput> => {
  const { env = {}, moreArguments = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'connector-'));
  try {
    const args = [CONNECTOR, command, ...(await argumentsOf(folder, inputs)), ...moreArguments];
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const timer = AbortSignal.timeout(LONGEST_RUN_MS);
    timer.onabort = () => {
      child.kill('SIGKILL');
    };
    const output = await run(child, options);
    timer.onabort = null;
    if (!timer.aborted) return output;
    throw new Error(
      `The connector did not end in time. Its last lines:\n${output.lines.slice(-5).join('\n')}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
