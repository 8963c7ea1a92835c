import type { HighLevel } from './highlevel.ts';
import { idsInAnswer } from './subjects.ts';

/**
 * Does something between two pages: right after the first answer of a path that holds several rows has been made, and
 * only once. `ids` are those of its rows.
 */
export const afterFirstRows = (
  highLevel: HighLevel,
  path: RegExp,
  act: (ids: readonly string[]) => void,
): { readonly isDone: () => boolean } => {
  let isDone = false;
  highLevel.rewriteAnswers((body, { pathname }) => {
    if (isDone || !path.test(pathname)) return undefined;
    const ids = idsInAnswer(body);
    if (ids.length < 2) return undefined;
    isDone = true;
    act(ids);
    return undefined;
  });
  return { isDone: () => isDone };
};
