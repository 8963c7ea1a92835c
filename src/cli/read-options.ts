import type { ReadInputs } from '../source/source.ts';
import type { CommandContext } from './command.ts';
import { configInputs, configOptions, type GivenConfig } from './config-options.ts';

/** What every command takes that is about a catalog. */
export const readOptions = {
  ...configOptions,
  catalog: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Path of the configured catalog (JSON)',
  },
  state: { type: 'string', requiresArg: true, describe: 'Path of the state to start from (JSON)' },
} as const;

interface GivenRead extends GivenConfig {
  readonly catalog: string;
  readonly state: string | undefined;
}

/** The files that `readOptions` name. */
export const readInputs = (
  options: GivenRead,
  context: Pick<CommandContext, 'input' | 'tokenFile'>,
): ReadInputs => ({
  ...configInputs(options, context),
  catalog: context.input('catalog', options.catalog),
  state: context.input('state', options.state),
});
