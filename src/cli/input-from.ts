import { configError, systemError } from '../foundation/errors.ts';
import { isTooDeep, MOST_LEVELS } from '../foundation/nesting.ts';
import type { Input } from '../source/source.ts';
import type { CliDependencies } from './cli-dependencies.ts';

/** Opens an input file only when it is asked for, so that what is wrong with it is the command's failure. */
export const inputFrom =
  (readTextFile: CliDependencies['readTextFile']) =>
  (kind: string, path: string | undefined): Input =>
  async () => {
    if (path === undefined) return undefined;
    let text: string;
    try {
      text = await readTextFile(path);
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
      throw systemError(`The ${kind} file ${path} cannot be read (${reason}).`, { reach: 'sync' });
    }
    // An empty state file is what some tools write when there is no state.
    if (text.trim() === '' && kind === 'state') return undefined;
    if (isTooDeep(Buffer.from(text))) {
      throw configError(
        `The ${kind} file ${path} has more than ${MOST_LEVELS} lists and objects inside each other.`,
        { reach: 'sync' },
      );
    }
    try {
      const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
      return json;
    } catch {
      // The parser's own message quotes the text, which may be a secret.
      throw systemError(`The ${kind} file ${path} is not valid JSON.`, { reach: 'sync' });
    }
  };
