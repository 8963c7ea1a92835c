import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';
import { knownSecrets, secretsOfConfig } from './known-secrets.ts';
import { keepPrinted, leaksIn } from './printed.ts';

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
  /** All the environment there is, besides places to write to, which are watched. */
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
const LONGEST_RUN_MS = 90_000;
const MOST_PROBLEMS = 10;

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

/** The files of a folder, with what is in them. */
const contentsOf = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const names = await readdir(folder, { recursive: true });
  const contents = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(contents));
};

const parsedConfig = ({ config }: ConnectorInputs): unknown => {
  if (config === undefined || 'path' in config) return undefined;
  if ('json' in config) return config.json;
  try {
    const json: unknown = JSON.parse(config.text);
    return json;
  } catch {
    return undefined;
  }
};

/** Whatever a run is for, it prints no secret and leaves its folder as it was. @throws Error that says what is wrong */
const rejectTraces = async (
  { lines, rest, stderr }: ConnectorOutput,
  secrets: readonly string[],
  { folder, before }: { readonly folder: string; readonly before: Readonly<Record<string, string>> },
): Promise<void> => {
  const printed = { texts: [...lines, rest, stderr], secrets };
  keepPrinted(printed);
  const problems = leaksIn(printed);
  if (JSON.stringify(await contentsOf(folder)) !== JSON.stringify(before)) {
    throw new Error(`The connector wrote a file: ${(await readdir(folder)).join(', ')}`);
  }
  if (problems.length > 0) throw new Error(problems.slice(0, MOST_PROBLEMS).join('\n'));
};

/**
 * Runs a command of the built connector as the platform does: files, environment and pipes.
 * @throws Error when it does not end, prints a secret or writes a file
 */
export const runConnector = async (
  command: string,
  inputs: ConnectorInputs = {},
  options: RunOptions = {},
): Promise<ConnectorOutput> => {
  const { env = {}, moreArguments = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'connector-'));
  try {
    const args = [CONNECTOR, command, ...(await argumentsOf(folder, inputs)), ...moreArguments];
    const before = await contentsOf(folder);
    const places = { HOME: folder, TMPDIR: folder, ...env };
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: places,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = AbortSignal.timeout(LONGEST_RUN_MS);
    timer.onabort = () => {
      child.kill('SIGKILL');
    };
    const output = await run(child, options);
    timer.onabort = null;
    // What is looked for afterwards may take its time.
    const isLate = timer.aborted;
    const secrets = [...secretsOfConfig(parsedConfig(inputs)), ...knownSecrets()];
    await rejectTraces(output, secrets, { folder, before });
    if (!isLate) return output;
    throw new Error(
      `The connector did not end in time. Its last lines:\n${output.lines.slice(-5).join('\n')}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
