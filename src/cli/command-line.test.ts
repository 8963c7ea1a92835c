import { expect, test } from '@jest/globals';
import { readCommandLine } from './command-line.ts';

const read = async (line: string) => {
  const said: string[] = [];
  const chosen = await readCommandLine(line.split(' '), {
    version: '0.0.0',
    say: (sentence) => void said.push(sentence),
  });
  return { chosen, said };
};

test.each([
  ['chekc', 'Unknown command: chekc. Did you mean check?'],
  ['write', 'Unknown command: write.'],
  ['--debug', 'Say what to do: '],
  [
    'check --confg c.json',
    'Missing required argument: config. check has no option --confg; it is ignored. Did you mean --config?',
  ],
])('"%s" is refused with "%s"', async (line, sentence) => {
  await expect(read(line)).rejects.toThrow(sentence);
});

test('a command runs in spite of an option that it does not know, and a person is told', async () => {
  const { chosen, said } = await read('check --config c.json --state s.json --cofnig=x');
  expect(chosen).toBeDefined();
  expect(said).toEqual([
    'check has no option --state; it is ignored.',
    'check has no option --cofnig; it is ignored. Did you mean --config?',
  ]);
});

test('of a line without strangers nothing is said', async () => {
  expect((await read('read --config c --catalog d --state s --token-file t --debug')).said).toEqual([]);
});

test('the words are English on a machine that speaks French', async () => {
  const before = process.env['LC_ALL'];
  process.env['LC_ALL'] = 'fr_FR.UTF-8';
  try {
    await expect(read('chekc')).rejects.toThrow('Unknown command: chekc. Did you mean check?');
  } finally {
    if (before === undefined) delete process.env['LC_ALL'];
    else process.env['LC_ALL'] = before;
  }
});
