import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

const NAME_WIDTH = 11;
const { FORCE_COLOR, NO_COLOR } = process.env;
const isColourful = (process.stdout.isTTY || FORCE_COLOR === '1') && NO_COLOR === undefined;
const paint = (style: Style, text: string): string => (isColourful ? styleText(style, text) : text);
const line = (text = ''): void => {
  process.stdout.write(text === '' ? '\n' : `  ${text}\n`);
};

/** Where the demo tells what it does; in colours only where somebody looks. */
export const terminal = {
  paint,
  line,
  lines: (texts: readonly string[]): void => {
    texts.forEach(line);
  },
  /** Lines of which the first is the header. */
  table: ([header = '', ...rows]: readonly string[]): void => {
    line(paint('dim', header));
    rows.forEach(line);
  },
  title: (text: string): void => {
    process.stdout.write(`\n${paint('bold', text)}\n\n`);
  },
  step: (name: string, text: string): void => {
    line(`${paint('cyan', name.padEnd(NAME_WIDTH))} ${text}`);
  },
} as const;
