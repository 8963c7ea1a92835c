import { expect, test } from '@jest/globals';
import { singleLine } from './single-line.ts';

test.each([
  ['a line feed', 'bad\nERROR all is lost', 'bad ERROR all is lost'],
  ['a carriage return with a line feed', 'bad\r\n\r\nworse', 'bad worse'],
  ['a colour', 'so \u001b[31mred\u001b[0m it is', 'so  red  it is'],
  ['an order to clear the screen', 'a\u001b[2J\u001b[Hb', 'a b'],
  ['a title for the terminal', 'a\u001b]0;root@host\u0007b', 'a b'],
  ['half an escape', 'a\u001bb', 'a b'],
  ['an eight-bit escape', 'a\u009b31mb', 'a 31mb'],
  ['a backspace and a null', 'a\u0008\u0000b', 'a b'],
  ['a separator of lines', 'a\u2028b\u0085c', 'a b c'],
  ['a mark that turns text around', 'a\u202eb', 'a b'],
])('%s becomes a blank', (_, text, expected) => {
  expect(singleLine(text)).toBe(expected);
});

test('everything else stays: letters, accents, emoji, Arabic', () => {
  const text = 'Contacts of “Café”: 12 → 13, 🙂, مرحبا';
  expect(singleLine(text)).toBe(text);
});
