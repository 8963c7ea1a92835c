/** Runs the demo and draws what it prints: `docs/demo.svg`. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify, stripVTControlCharacters } from 'node:util';
import { svgOf } from './picture/svg-of.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Where the reports by location begin, which are more than a picture holds. */
const END = 'Appointments by location';
const LEFT_OUT = /^ {2}and of \d+ more streams/;

const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', at('./demo.ts')], {
  env: { ...process.env, FORCE_COLOR: '1' },
  maxBuffer: 16 * 1024 * 1024,
});
const paragraphs = stdout.trim().split('\n\n');
const plain = paragraphs.map(stripVTControlCharacters);
const end = plain.findIndex((paragraph) => paragraph.startsWith(END));
const shown = paragraphs.slice(0, end).filter((_, index) => !LEFT_OUT.test(plain[index] ?? ''));
await writeFile(at('../docs/demo.svg'), svgOf(shown.join('\n\n').split('\n')));
console.log('wrote docs/demo.svg');
