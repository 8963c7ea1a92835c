import { describe, expect, test } from '@jest/globals';
import { parseLocationTokens } from './location-tokens.ts';

describe('location tokens', () => {
  test.each([
    ['a space', 'LOC pit-a'],
    ['several blanks', '  LOC \t pit-a  '],
    ['an equals sign', 'LOC=pit-a'],
    ['a colon', 'LOC: pit-a'],
    ['a comma', 'LOC,pit-a'],
    ['quotes', '"LOC": "pit-a",'],
    ['carriage returns', '\r\nLOC pit-a\r\n\r\n'],
    ['comments', '# a client\nLOC pit-a # another\n  # end'],
  ])('are read with %s', (_, text) => {
    expect(parseLocationTokens(text)).toEqual({ ok: true, value: new Map([['LOC', 'pit-a']]) });
  });

  test.each([
    ['LOC', 'line 1 must be a location ID, a space and its token'],
    ['# c\n\nLOC pit-a pit-b', 'line 3 must be a location ID, a space and its token'],
    ['LOC1 pit-a LOC2 pit-b', 'line 1 must be a location ID, a space and its token'],
    ['pit-a LOC', 'line 1 must have the location ID first'],
    ['LOC ****', 'line 1 has asterisks in place of the token; enter all lines again'],
    ['LOC1 pit-a\nLOC1 pit-b', 'line 2 repeats the location of line 1'],
    ['LOC1 pit-a\nLOC2 pit-a', 'line 2 repeats the token of line 1, but each sub-account has its own'],
  ])('%j is named by its line alone', (text, problem) => {
    expect(parseLocationTokens(text)).toEqual({
      ok: false,
      problems: [`credentials.location_tokens: ${problem}`],
    });
  });

  test('name every bad line', () => {
    expect(parseLocationTokens('x\nLOC pit-a\ny')).toMatchObject({
      problems: [expect.stringContaining('line 1'), expect.stringContaining('line 3')],
    });
  });

  test('of comments alone are none', () => {
    expect(parseLocationTokens('# nothing yet\n')).toEqual({
      ok: false,
      problems: ['credentials.location_tokens has no line with a token'],
    });
  });
});
