import { readFile } from 'node:fs/promises';

const PROGRAM = /```python\n(.*?)```/gs;

/**
 * The program in Python that a document of this repository shows, with some of its texts replaced: it is run as
 * people would copy it.
 * @throws Error unless the document has one, and every text occurs in it once
 */
export const documentedProgram = async (
  document: string,
  replacements: ReadonlyMap<string, string>,
): Promise<string> => {
  const text = await readFile(new URL(`../../${document}`, import.meta.url), 'utf8');
  const [program, ...others] = [...text.matchAll(PROGRAM)].map(([, code = '']) => code);
  if (program === undefined || others.length > 0)
    throw new Error(`${document} has not one program in Python.`);
  return [...replacements].reduce((code, [from, to]) => {
    const pieces = code.split(from);
    if (pieces.length !== 2) throw new Error(`${document}: ${from} is not once in the program.`);
    return pieces.join(to);
  }, program);
};
