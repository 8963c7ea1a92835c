import { defineCommand } from '../command.ts';
import { configInputs, configOptions } from '../config-options.ts';

export const checkCommand = defineCommand({
  name: 'check',
  describe: 'Check that the configuration opens a connection',
  options: configOptions,
  examples: [['$0 check --config config.json', 'See whether the credentials open the sub-accounts']],
  run: async (options, context) => (await context.openSource()).check(configInputs(options, context)),
});
