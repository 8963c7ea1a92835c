import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where a virtual environment with the clients is, or why there is none. */
export type Python =
  | { readonly isReady: true; readonly path: string; readonly versions: string }
  | { readonly isReady: false; readonly reason: string };

const run = promisify(execFile);
const HERE = fileURLToPath(new URL('.', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/real-clients', import.meta.url));
const VENV = join(CACHE, 'venv');
const PYTHON = join(VENV, 'bin', 'python');
/** Written when the installation is complete, with what it is an installation of. */
const SEAL = join(VENV, 'sealed');
/** PyAirbyte runs on 3.10 to 3.12, and the pinned packages on 3.11 and later. */
const SUITABLE = /^Python 3\.1[12]\./;
const CANDIDATES = ['python3.12', 'python3.11', 'python3'];
const CLIENTS = [
  'airbyte',
  'airbyte-cdk',
  'airbyte-protocol-models-pdv2',
  'airbyte-protocol-models-dataclasses',
];
const UNREACHABLE = /NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError/;

const versionOf = async (command: string): Promise<string> => {
  try {
    return (await run(command, ['--version'])).stdout.trim();
  } catch {
    return '';
  }
};

const findPython = async (): Promise<{ readonly command: string; readonly version: string } | undefined> => {
  for (const command of CANDIDATES) {
    const version = await versionOf(command);
    if (SUITABLE.test(version)) return { command, version };
  }
  return undefined;
};

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
};

const install = async (command: string): Promise<void> => {
  await rm(VENV, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  await run(command, ['-m', 'venv', VENV]);
  const files = [
    '--requirement',
    join(HERE, 'requirements.txt'),
    '--constraint',
    join(HERE, 'constraints.txt'),
  ];
  await run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...files]);
};

const installedVersions = async (): Promise<string> => {
  const names = JSON.stringify(CLIENTS);
  const program = `from importlib.metadata import version\nprint(', '.join(f'{n} {version(n)}' for n in ${names}))`;
  return (await run(PYTHON, ['-c', program])).stdout.trim();
};

/**
 * A Python with the clients, installed once and kept until the pinned versions change.
 * @throws Error when the registry can be reached and the installation fails all the same
 */
export const preparePython = async (): Promise<Python> => {
  const found = await findPython();
  if (found === undefined) return { isReady: false, reason: 'there is no Python 3.11 or 3.12 on PATH' };
  const pins = await Promise.all(
    ['requirements.txt', 'constraints.txt'].map((name) => readFile(join(HERE, name), 'utf8')),
  );
  const seal = [found.version, VENV, ...pins].join('\n');
  if ((await textOf(SEAL)) !== seal) {
    try {
      await install(found.command);
    } catch (thrown) {
      const text = String(thrown);
      if (UNREACHABLE.test(text)) return { isReady: false, reason: 'PyPI cannot be reached' };
      throw thrown;
    }
    await writeFile(SEAL, seal);
  }
  return { isReady: true, path: PYTHON, versions: `${found.version}, ${await installedVersions()}` };
};
