/** Gives the file another content. After a crash at any moment it has all of the old one or all of the new one. */
export type Replace = (content: string) => Promise<void>;

/** A small file that several processes read and replace. Failures are the machine's own, with its `code`. */
export interface SharedFile {
  /** For messages. */
  readonly path: string;
  /** Always a whole content, never half of one; undefined if there is no file. */
  readonly read: () => Promise<string | undefined>;
  /** Runs the work while no other process runs any. Whatever it writes, only the file's owner may read. */
  readonly exclusively: <T>(work: (replace: Replace) => Promise<T>) => Promise<T>;
}
