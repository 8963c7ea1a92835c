import { defineCommand } from '../command.ts';
import { readInputs, readOptions } from '../read-options.ts';

export const planCommand = defineCommand({
  name: 'plan',
  describe: 'Tell what a read would bring and cost, without reading',
  options: {
    ...readOptions,
    by: {
      choices: ['stream', 'location'] as const,
      default: 'stream' as const,
      describe: 'What the table has a line for',
    },
    json: { type: 'boolean', default: false, describe: 'Print JSON instead of a table' },
  },
  examples: [
    ['$0 plan --config config.json --catalog catalog.json', 'The first sync, stream by stream'],
    ['$0 plan --config config.json --catalog catalog.json --state state.json --by location', 'The next one'],
  ],
  run: async (options, context) => {
    const source = await context.openSource('other');
    return source.plan({ ...readInputs(options, context), by: options.json ? undefined : options.by });
  },
});
