/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly styles: readonly Style[];
}

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'cyan';

const OPENS: Readonly<Record<string, Style>> = { 1: 'bold', 2: 'dim', 31: 'red', 32: 'green', 36: 'cyan' };
// eslint-disable-next-line no-control-regex -- it is what styles a terminal
const CODE = /\u001b\[(\d+)m/;

/** The spans of a line as `styleText` of Node.js styles it: each code that opens no style closes all. */
export const spansOf = (line: string): readonly Span[] => {
  const spans: Span[] = [];
  let styles: readonly Style[] = [];
  line.split(CODE).forEach((part, index) => {
    if (index % 2 === 0) {
      if (part !== '') spans.push({ text: part, styles });
      return;
    }
    const style = OPENS[part];
    styles = style === undefined ? [] : [...styles, style];
  });
  return spans;
};
