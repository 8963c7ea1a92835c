import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schema from '../protocol.schema.json' with { type: 'json' };

const ajv = new Ajv({ allErrors: true, logger: false });
addFormats.default(ajv);
const fitsSchema = ajv.compile(schema);

/** Where Python's `str.splitlines` ends a line besides line feeds; JSON may have the last three raw inside a text. */
const LINE_ENDS = ['\n', '\r', '\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];
/** Half of a pair in an escape: readers that check refuse the line. */
const ESCAPED_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/i;

const formProblems = (line: string): readonly string[] => [
  ...(LINE_ENDS.some((end) => line.includes(end)) ? ['some readers split it in two'] : []),
  ...(ESCAPED_SURROGATE.test(line) ? ['it has half of a character'] : []),
];

const parsed = (line: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return undefined;
  }
};

/** Why a line of output is not a message this connector may print; empty if it is one. The line is given without its line feed. */
export const messageProblems = (line: string): readonly string[] => {
  const message = parsed(line);
  if (message === undefined) return ['it is not JSON'];
  if (fitsSchema(message.value)) return formProblems(line);
  const schemaProblems = (fitsSchema.errors ?? [])
    // The errors of the branch say what is wrong; this one only that there is a branch.
    .filter(({ keyword }) => keyword !== 'if')
    .map(
      ({ instancePath, message: text, params }) => `${instancePath} ${text ?? ''} ${JSON.stringify(params)}`,
    );
  return [...new Set([...formProblems(line), ...schemaProblems])];
};
