import type { Pinned } from './schedule-of.ts';

/** A text in a source file, and what it becomes. */
export interface Edit {
  /** From the top of the project. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
}

/** A rule of the connector, broken on purpose. */
export interface Mutation {
  /** Short, without blanks. */
  readonly name: string;
  /** What holds as long as nobody breaks it. */
  readonly rule: string;
  /** More than one where several places keep the rule, each by itself. */
  readonly edits: readonly Edit[];
  /** What the schedules have in common, so that they are about the rule. */
  readonly pinned?: Pinned;
  /** Pattern of the paths of the unit tests that are to notice it. Default: those beside the files that are edited. */
  readonly tests?: string;
  /** Why no schedule can show it, where none can: then it is left to the unit tests. */
  readonly unseen?: string;
  /** Why it does no harm: another rule that keeps what this one keeps. */
  readonly equivalent?: string;
}

/**
 * The text with the edits of its file.
 * @throws Error for an edit whose text is not there, or more than once: the code has moved on, and the mutation has not
 */
export const mutated = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((current, { file, find, replace }) => {
    const times = current.split(find).length - 1;
    if (times !== 1) throw new Error(`${file} holds ${times} times, instead of once: ${find}`);
    return current.replace(find, () => replace);
  }, text);
