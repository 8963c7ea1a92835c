import { open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../foundation/error-code.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { createFileLock, type HeldLock } from './file-lock.ts';
import type { SharedFile } from './shared-file.ts';

const OWNER_ONLY = 0o600;

/** What has been written is on the disk when it resolves, not only in the machine's memory. */
const writeThrough = async (path: string, content: string): Promise<void> => {
  const file = await open(path, 'wx', OWNER_ONLY);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Makes a renaming outlast a power cut, where the file system can. */
const syncFolder = async (path: string): Promise<void> => {
  try {
    const folder = await open(path, 'r');
    await folder.sync().finally(() => folder.close());
  } catch {
    // Not every file system knows folders as files; the content itself is safe already.
  }
};

/** A file on a disk, which is replaced by renaming a new one; beside it stands a lock file while it is written. */
export const createDiskFile = (path: string, runtime: Runtime): SharedFile => {
  const draftOf = (holder: string): string => `${path}.${holder}.tmp`;
  const lock = createFileLock({
    path: `${path}.lock`,
    runtime,
    onStolen: (dead) => unlink(draftOf(dead)).catch(() => undefined),
  });
  const replace = async (content: string, { name, isHeld }: HeldLock): Promise<void> => {
    const draft = draftOf(name);
    // A link stays one.
    const target = await realpath(path).catch(() => path);
    try {
      await writeThrough(draft, content);
      // What another process has written meanwhile would be undone.
      if (!(await isHeld())) throw Object.assign(new Error('The lock is lost.'), { code: 'EAGAIN' });
      await rename(draft, target);
    } catch (thrown) {
      await unlink(draft).catch(() => undefined);
      throw thrown;
    }
    await syncFolder(dirname(target));
  };
  return {
    path,
    read: async () => {
      try {
        return await readFile(path, 'utf8');
      } catch (thrown) {
        if (errorCode(thrown) === 'ENOENT') return undefined;
        throw thrown;
      }
    },
    exclusively: (work) => lock((held) => work((content) => replace(content, held))),
  };
};
