import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Mutation } from './mutation.ts';
import type { Result } from './table.ts';

const FILE = join(import.meta.dirname, '../../node_modules/.cache/mutations/results.json');

/** Results of a run that takes hours, in a file, so that it can be ended and gone on with. */
export interface KeptResults {
  /** Undefined for a mutation that was not tried, or was another one then. */
  readonly of: (mutation: Mutation) => Result | undefined;
  readonly keep: (result: Result) => Promise<void>;
}

const read = async (): Promise<readonly Result[]> => {
  try {
    return JSON.parse(await readFile(FILE, 'utf8')) as readonly Result[];
  } catch {
    // None was kept.
    return [];
  }
};

/** @param isResumed whether those of the last run still count */
export const openResults = async (isResumed: boolean): Promise<KeptResults> => {
  const results = new Map((isResumed ? await read() : []).map((result) => [result.mutation.name, result]));
  const write = async (): Promise<void> => {
    await mkdir(dirname(FILE), { recursive: true });
    await writeFile(FILE, JSON.stringify([...results.values()]));
  };
  await write();
  return {
    of: (mutation) => {
      const result = results.get(mutation.name);
      return JSON.stringify(result?.mutation) === JSON.stringify(mutation) ? result : undefined;
    },
    keep: async (result) => {
      results.set(result.mutation.name, result);
      await write();
    },
  };
};
