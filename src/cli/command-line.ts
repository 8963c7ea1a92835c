import yargs from 'yargs';
import { systemError } from '../foundation/errors.ts';
import type { ChosenCommand } from './command.ts';
import { commands } from './commands/index.ts';

const inWords = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

/**
 * Reads the command line. Undefined after `--help` and `--version`, which are answered.
 * @throws ConnectorError when it is not valid
 */
export const readCommandLine = async (
  args: readonly string[],
  version: string,
): Promise<ChosenCommand | undefined> => {
  let chosen: ChosenCommand | undefined;
  const line = yargs([...args])
    .scriptName('source-highlevel')
    .version(version)
    .usage('$0 <command> [options]\n\nAirbyte source for HighLevel. Messages go to standard output.')
    .option('debug', { type: 'boolean', describe: 'Log in detail' })
    .demandCommand(1, 1, `Say what to do: ${inWords(commands.map(({ name }) => name))}.`)
    .strictCommands()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw systemError(`The command line is not valid: ${message ?? error?.message ?? 'unknown reason'}`);
    });
  for (const command of commands) {
    command.addTo(line, (one) => {
      chosen = one;
    });
  }
  await line.parseAsync();
  return chosen;
};
