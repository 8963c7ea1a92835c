/**
 * What reads or writes JSON calls itself once a level and runs out of stack at some thousand of them. MongoDB, where
 * HighLevel keeps its rows, takes a hundred.
 */
export const MOST_LEVELS = 200;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** Square brackets differ from curly ones by this bit only. */
const CURLY = 0x20;
const OPENING = 0x7b;
const CLOSING = 0x7d;

/** Where the text that begins at `from` ends: most of an answer is text. */
const endOfText = (json: Uint8Array, from: number): number => {
  let at = from + 1;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
};

/**
 * Whether JSON has lists and objects inside each other deeper than `MOST_LEVELS`. Looks at the text, because a parser
 * would fill the memory with levels first.
 * @param json in UTF-8, whose bytes beyond ASCII never look like a bracket
 */
export const isTooDeep = (json: Uint8Array): boolean => {
  let levels = 0;
  // Not `for … of`: that is several times slower, and every answer goes through here.
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) at = endOfText(json, at);
    else if ((byte | CURLY) === OPENING) levels += 1;
    else if ((byte | CURLY) === CLOSING) levels -= 1;
    if (levels > MOST_LEVELS) return true;
  }
  return false;
};
