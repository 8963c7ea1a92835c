import { defineCommand } from '../command.ts';
import { configInputs, configOptions } from '../config-options.ts';

export const discoverCommand = defineCommand({
  name: 'discover',
  describe: 'Print the catalog of streams',
  options: configOptions,
  run: async (options, context) => (await context.openSource()).discover(configInputs(options, context)),
});
