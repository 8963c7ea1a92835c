import { describe, expect, test } from '@jest/globals';
import type { AirbyteMessage } from './messages.ts';
import { serialise } from './serialise.ts';

/** Where Python's `str.splitlines` ends a line. */
const LINE_ENDS = ['\n', '\r', '\v', '\f', '\u001c', '\u001d', '\u001e', '\u0085', '\u2028', '\u2029'];

const record = (value: string): AirbyteMessage => ({
  type: 'RECORD',
  record: { stream: 'contacts', emitted_at: 1, data: { value } },
});
const parsed = (line: string): unknown => JSON.parse(line);

describe('a message as a line', () => {
  test.each([
    ['plain text', 'plain text'],
    ['a line feed', 'a\nb'],
    ['every break that some readers know', 'a\u0085b\u2028c\u2029d\u000be\u001cf'],
    ['an emoji', 'smile \u{1f600}'],
    ['a backslash before a u', '\\ud83d and \\\\ud83d'],
  ])('%s survives, on one line', (_, value) => {
    const line = serialise(record(value)).toString('utf8');
    expect(line.endsWith('\n')).toBe(true);
    expect(LINE_ENDS.some((end) => line.slice(0, -1).includes(end))).toBe(false);
    expect(parsed(line)).toEqual(record(value));
  });

  test.each([
    ['cut \ud83d', 'cut \ufffd'],
    ['\ude00 cut', '\ufffd cut'],
    ['\\\ud83d\\ud83d\u2028', '\\\ufffd\\ud83d\u2028'],
    ['whole \u{1f600}, half \ud83d"', 'whole \u{1f600}, half \ufffd"'],
  ])('half an emoji becomes the replacement character: %j', (value, expected) => {
    const line = serialise(record(value)).toString('utf8');
    expect(parsed(line)).toEqual(record(expected));
  });
});
