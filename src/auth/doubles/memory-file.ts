import type { SharedFile } from '../shared-file.ts';

/** For tests: a file in memory, which any number of runs may share. */
export interface MemoryFile extends SharedFile {
  readonly content: () => string | undefined;
  readonly set: (content: string | undefined) => void;
  /** Called before each operation; what it throws is the operation's failure. */
  readonly before: (hook: (operation: 'read' | 'replace') => void | Promise<void>) => void;
}

export const createMemoryFile = (initial?: string): MemoryFile => {
  let content = initial;
  let hook: (operation: 'read' | 'replace') => void | Promise<void> = () => undefined;
  let last: Promise<unknown> = Promise.resolve();
  return {
    path: '/tokens/highlevel.json',
    content: () => content,
    set: (next) => {
      content = next;
    },
    before: (next) => {
      hook = next;
    },
    read: async () => {
      await hook('read');
      return content;
    },
    exclusively: async (work) => {
      const before = last;
      const mine = (async () => {
        await before;
        return work(async (next) => {
          await hook('replace');
          content = next;
        });
      })();
      last = mine.catch(() => undefined);
      return mine;
    },
  };
};
