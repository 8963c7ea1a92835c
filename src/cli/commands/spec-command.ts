import { defineCommand } from '../command.ts';
import { printSpec } from '../print-spec.ts';

export const specCommand = defineCommand({
  name: 'spec',
  describe: 'Print the specification of the configuration',
  options: {},
  examples: [['$0 spec > spec.json', 'Keep the specification in a file']],
  run: (_, { emitter }) => printSpec(emitter),
});
