import { type Span, spansOf, type Style } from './spans-of.ts';

const FONT_SIZE = 13;
const LINE_HEIGHT = 18;
/** Of a character, at this size, in the fonts below. */
const CHARACTER_WIDTH = 7.83;
const MARGIN = 20;
const ATTRIBUTES: Readonly<Record<Style, string>> = {
  bold: 'font-weight="bold"',
  dim: 'fill="#8b949e"',
  red: 'fill="#ff7b72"',
  green: 'fill="#7ee787"',
  cyan: 'fill="#79c0ff"',
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const spanElement = ({ text, styles }: Span): string =>
  `<tspan ${styles.map((style) => ATTRIBUTES[style]).join(' ')}>${escaped(text)}</tspan>`;

/** Lines of a terminal as a picture. */
export const svgOf = (lines: readonly string[]): string => {
  const spans = lines.map(spansOf);
  const columns = Math.max(...spans.map((line) => line.reduce((sum, { text }) => sum + text.length, 0)));
  const width = Math.ceil(columns * CHARACTER_WIDTH) + 2 * MARGIN;
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const rows = spans.map(
    (line, index) =>
      `<text x="${MARGIN}" y="${MARGIN + (index + 0.75) * LINE_HEIGHT}">${line.map(spanElement).join('')}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${FONT_SIZE}" fill="#e6edf3" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
};
