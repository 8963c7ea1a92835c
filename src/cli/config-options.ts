import type { ConfigInputs } from '../source/source.ts';
import type { CommandContext } from './command.ts';

/** What every command with settings takes. */
export const configOptions = {
  config: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Path of the configuration (JSON)',
  },
  'token-file': {
    type: 'string',
    requiresArg: true,
    describe:
      'Path of a file that keeps the renewed OAuth tokens from run to run, where nobody keeps the CONTROL messages; its folder has to be writable. Default: $HIGHLEVEL_TOKEN_FILE',
  },
} as const;

export interface GivenConfig {
  readonly config: string;
  readonly tokenFile: string | undefined;
}

/** The files that `configOptions` name. */
export const configInputs = (
  { config, tokenFile }: GivenConfig,
  context: Pick<CommandContext, 'input' | 'tokenFile'>,
): ConfigInputs => ({
  config: context.input('configuration', config),
  tokenFile: context.tokenFile(tokenFile),
});
