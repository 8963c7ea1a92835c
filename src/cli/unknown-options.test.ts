import { expect, test } from '@jest/globals';
import { unknownOptions } from './unknown-options.ts';

const check = { name: 'check', optionNames: ['config', 'token-file'] };

test.each([
  ['--config c.json --token-file t', []],
  ['--config=c.json --tokenFile=t --debug --no-debug --help', []],
  ['--confg c.json', ['check has no option --confg; it is ignored. Did you mean --config?']],
  ['--state s.json', ['check has no option --state; it is ignored.']],
  ['-c c.json -c d.json', ['check has no option -c; it is ignored.']],
  [
    '--token_file=a.b=secret',
    ['check has no option --token_file; it is ignored. Did you mean --token-file?'],
  ],
  ['--config -', []],
  ['-- --whatever', []],
])('of "check %s" is said: %j', (line, sentences) => {
  expect(unknownOptions(['check', ...line.split(' ')], check)).toEqual(sentences);
});
