import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { MUTATIONS } from './mutations.ts';

test.each(MUTATIONS)('$name edits what is there, and there only', async ({ edits }) => {
  for (const { file, find } of edits) {
    const source = await readFile(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect([file, source.split(find).length - 1]).toEqual([file, 1]);
  }
});
