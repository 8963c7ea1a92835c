import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, type Ended } from './docker.ts';

/** A run in which nothing but the mounted files is there: the smallest container that Airbyte's users have. */
export interface ContainerRun {
  /** By their place in the container; they are made read-only for everybody, as PyAirbyte makes them. */
  readonly files?: Readonly<Record<string, unknown>>;
  /** Options of `docker run` beside the usual ones. */
  readonly options?: readonly string[];
  readonly args: readonly string[];
  readonly onOutput?: (stdout: string) => void;
}

const HARDENED = [
  ...['--rm', '--network', 'host', '--read-only', '--memory', '256m', '--user', '1000:1000'],
  ...['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges'],
];

const READ_BY_ANYBODY = 0o755;
const READ_ONLY = 0o444;

/** A folder of our own that is gone afterwards. `mode` is for the container's user, who is another one than ours. */
export const withFolder = async <Result>(
  mode: number,
  use: (folder: string) => Promise<Result>,
): Promise<Result> => {
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  try {
    await chmod(folder, mode);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Runs the image without root, without a writable path, and in 256 MB. */
export const runContainer = (image: string, run: ContainerRun): Promise<Ended> =>
  withFolder(READ_BY_ANYBODY, async (folder) => {
    const mounts = await Promise.all(
      Object.entries(run.files ?? {}).map(async ([path, json], index) => {
        const file = join(folder, `${index}.json`);
        await writeFile(file, JSON.stringify(json));
        await chmod(file, READ_ONLY);
        return ['--volume', `${file}:${path}:ro`];
      }),
    );
    const args = ['run', ...HARDENED, ...mounts.flat(), ...(run.options ?? []), image, ...run.args];
    return docker(args, run.onOutput === undefined ? {} : { onOutput: run.onOutput });
  });
