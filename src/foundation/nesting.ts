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

/**
 * Whether JSON has lists and objects inside each other deeper than `MOST_LEVELS`. Looks at the text, because a parser
 * would fill the memory with levels first.
 * @param json in UTF-8, whose bytes beyond ASCII never look like a bracket
 */
export const isTooDeep = (json: Uint8Array): boolean => {
  let levels = 0;
  let isInText = false;
  // Not `for … of`: that is several times slower, and every answer goes through here.
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === QUOTE) isInText = !isInText;
    else if (byte === BACKSLASH) at += 1;
    else if (!isInText && (byte | CURLY) === OPENING) levels += 1;
    else if (!isInText && (byte | CURLY) === CLOSING) levels -= 1;
    if (levels > MOST_LEVELS) return true;
  }
  return false;
};
