import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { keepPrinted, leaksIn, scanPrinted } from './printed.ts';

const suiteFolder = process.env['PRINTED_FOLDER'];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'printed-test-'));
  process.env['PRINTED_FOLDER'] = folder;
});
afterEach(async () => {
  process.env['PRINTED_FOLDER'] = suiteFolder;
  await rm(folder, { recursive: true });
});

test('a run that prints a secret is found out', () => {
  const texts = ['{"type":"LOG"}', 'Bearer first-secret'];
  expect(leaksIn({ texts, secrets: ['first-secret'] })).toStrictEqual([
    expect.stringContaining('Bearer first-secret'),
  ]);
});

test('a run that prints a secret of another run is found out at the end', () => {
  keepPrinted({ texts: ['{"type":"LOG"}'], secrets: ['first-secret'] });
  expect(scanPrinted(folder)).toStrictEqual({ lines: 1, secrets: 1 });
  keepPrinted({ texts: ['Zmlyc3Qtc2VjcmV0'], secrets: ['second-secret'] });
  expect(() => scanPrinted(folder)).toThrow('Zmlyc3Qtc2VjcmV0');
});

test('the message that carries rotated tokens may hold them', () => {
  const printed = { texts: ['{"type":"CONTROL","x":"first-secret"}'], secrets: ['first-secret'] };
  keepPrinted(printed);
  expect([leaksIn(printed), scanPrinted(folder)]).toStrictEqual([[], { lines: 0, secrets: 1 }]);
});
