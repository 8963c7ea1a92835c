import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));
const START = '<!-- table: start, written by `npm run bench -- --write` -->';
const END = '<!-- table: end -->';

/** Puts the text between the markers of the document. @throws Error when they are not there */
export const writeTable = async (text: string): Promise<void> => {
  const document = await readFile(DOCUMENT, 'utf8');
  const [before, rest] = document.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The markers are missing in ${DOCUMENT}.`);
  const written = `${before}${START}\n\n${text}\n\n${END}${after}`;
  await writeFile(
    DOCUMENT,
    await format(written, { parser: 'markdown', printWidth: 110, singleQuote: true }),
  );
};
