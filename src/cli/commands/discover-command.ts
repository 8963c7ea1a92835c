import { defineCommand } from '../command.ts';
import { configInputs, configOptions } from '../config-options.ts';

export const discoverCommand = defineCommand({
  name: 'discover',
  describe: 'Print the catalog of streams',
  options: configOptions,
  examples: [['$0 discover --config config.json', 'The streams that the credentials open']],
  run: async (options, context) => (await context.openSource()).discover(configInputs(options, context)),
});
