import { defineCommand } from '../command.ts';
import { readInputs, readOptions } from '../read-options.ts';

export const readCommand = defineCommand({
  name: 'read',
  describe: 'Read the streams of a catalog',
  options: readOptions,
  examples: [
    ['$0 read --config config.json --catalog catalog.json', 'Everything'],
    ['$0 read --config config.json --catalog catalog.json --state state.json', 'What is new since then'],
    [
      '$0 read --config config.json --catalog catalog.json --token-file tokens.json',
      'Without a platform that keeps the renewed tokens',
    ],
  ],
  // A read that was told to stop is not complete, however near its end it was.
  isWholeOrNothing: true,
  run: async (options, context) => (await context.openSource()).read(readInputs(options, context)),
});
