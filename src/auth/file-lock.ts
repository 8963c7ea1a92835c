import { readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { errorCode } from '../foundation/error-code.ts';
import type { Runtime } from '../foundation/runtime.ts';

interface FileLockOptions {
  /** Of the lock file, in a folder that exists. */
  readonly path: string;
  readonly runtime: Runtime;
  /** Clears up behind a holder that died, by the name it had. */
  readonly onStolen: (holder: string) => Promise<void>;
}

/** What the work knows of the lock it runs under. */
export interface HeldLock {
  /** No other holder ever has it. */
  readonly name: string;
  /** False if the work took so long that another process thought its own had died. */
  readonly isHeld: () => Promise<boolean>;
}

/** Runs the work while no other process runs any. */
export type FileLock = <T>(work: (held: HeldLock) => Promise<T>) => Promise<T>;

const POLL_MS = 50;
const SETTLE_MS = 200;
/** A holder only writes one small file; who holds on for so long has died. */
const STALE_MS = 10_000;

const unless =
  (code: string) =>
  (thrown: unknown): undefined => {
    if (errorCode(thrown) === code) return undefined;
    throw thrown;
  };

/** A file that only one process can make, with the holder's name in it. */
export const createFileLock = ({ path, runtime, onStolen }: FileLockOptions): FileLock => {
  const create = async (holder: string): Promise<boolean> => {
    try {
      await writeFile(path, holder, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (thrown) {
      unless('EEXIST')(thrown);
      return false;
    }
  };
  const holder = (): Promise<string | undefined> => readFile(path, 'utf8').catch(unless('ENOENT'));

  /**
   * Puts one's own name over that of a dead holder. Of several that do so at once the last one has the lock, which shows when
   * the others have had the time to do it too.
   */
  const steal = async (dead: string, by: string): Promise<boolean> => {
    await writeFile(`${path}.${by}`, by, { mode: 0o600 });
    await rename(`${path}.${by}`, path);
    await runtime.sleep(SETTLE_MS);
    if ((await holder()) !== by) return false;
    await onStolen(dead);
    return true;
  };

  const acquire = async (name: string): Promise<void> => {
    let seen: string | undefined;
    // Measured by watching: the clock of the disk may be another machine's.
    let seenSinceMs = runtime.now();
    while (!(await create(name))) {
      const current = await holder();
      if (current !== seen) {
        seen = current;
        seenSinceMs = runtime.now();
      } else if (seen !== undefined && runtime.now() - seenSinceMs >= STALE_MS) {
        if (await steal(seen, name)) return;
      }
      await runtime.sleep(POLL_MS);
    }
  };

  return async (work) => {
    const name = Array.from({ length: 3 }, () => runtime.random().toString(36).slice(2)).join('');
    await acquire(name);
    const isHeld = async (): Promise<boolean> => (await holder()) === name;
    try {
      return await work({ name, isHeld });
    } finally {
      if (await isHeld()) await unlink(path).catch(unless('ENOENT'));
    }
  };
};
