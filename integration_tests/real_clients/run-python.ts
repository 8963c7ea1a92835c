import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface PythonRun {
  /** The interpreter. */
  readonly python: string;
  readonly args: readonly string[];
  /** Everything that the programs write lands here: it is their home and where they work. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface PythonEnd {
  readonly exitCode: number | null;
  /** What it said, on either stream. */
  readonly output: string;
}

const LONGEST_RUN_MS = 300_000;

/** Runs a program of the clients, which tells nobody of it and asks no registry. */
export const runPython = async ({ python, args, folder, env }: PythonRun): Promise<PythonEnd> => {
  const { PATH = '', NODE_EXTRA_CA_CERTS } = process.env;
  const child = spawn(python, args, {
    cwd: folder,
    env: {
      PATH,
      ...(NODE_EXTRA_CA_CERTS !== undefined && { NODE_EXTRA_CA_CERTS }),
      HOME: folder,
      TMPDIR: folder,
      AIRBYTE_TEMP_DIR: folder,
      AIRBYTE_LOGGING_ROOT: `${folder}/logs`,
      AIRBYTE_OFFLINE_MODE: '1',
      DO_NOT_TRACK: '1',
      NO_COLOR: '1',
      // Or else pytest cuts off why it skips.
      COLUMNS: '400',
      PYTHONDONTWRITEBYTECODE: '1',
      // Of versions that Google will stop supporting.
      PYTHONWARNINGS: 'ignore::FutureWarning',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_RUN_MS,
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    }),
  ]);
  return { exitCode, output: `${stdout}\n${stderr}` };
};
