import yargs from 'yargs';
import { systemError } from '../foundation/errors.ts';
import type { CliDependencies } from './cli-dependencies.ts';
import type { ChosenCommand } from './command.ts';
import { commands } from './commands/index.ts';
import { nearest } from './nearest.ts';
import { unknownOptions } from './unknown-options.ts';

const NAMES = commands.map(({ name }) => name);

const inWords = (names: readonly string[]): string =>
  `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;

/** What yargs found wrong, and what was probably meant instead. */
const problemOf = (message: string, args: readonly string[]): string => {
  const stranger = /^Unknown command: (\S+)$/.exec(message)?.[1];
  const meant = stranger === undefined ? undefined : nearest(stranger, NAMES);
  const hint = meant === undefined ? [] : [`Did you mean ${meant}?`];
  const sentence = /[.?!]$/.test(message) ? message : `${message}.`;
  return [sentence, ...hint, ...strangersIn(args)].join(' ');
};

const strangersIn = (args: readonly string[]): readonly string[] => {
  const command = commands.find(({ name }) => args.includes(name));
  return command === undefined ? [] : unknownOptions(args, command);
};

/**
 * Reads the command line. Undefined after `--help` and `--version`, which are answered.
 * @throws ConnectorError when it is not valid
 */
export const readCommandLine = async (
  args: readonly string[],
  { version, say }: Pick<CliDependencies, 'version' | 'say'>,
): Promise<ChosenCommand | undefined> => {
  let chosen: ChosenCommand | undefined;
  const line = yargs([...args])
    .scriptName('source-highlevel')
    // Its words are compared with, and the machine's language would change them.
    .locale('en')
    .version(version)
    .usage('$0 <command> [options]\n\nAirbyte source for HighLevel. Messages go to standard output.')
    .option('debug', { type: 'boolean', describe: 'Log in detail' })
    .epilogue('$0 <command> --help tells the options of a command.')
    .demandCommand(1, 1, `Say what to do: ${inWords(NAMES)}.`)
    .strictCommands()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      const problem = message ?? error?.message ?? 'unknown reason';
      throw systemError(`The command line is not valid: ${problemOf(problem, args)}`);
    });
  for (const command of commands) {
    command.addTo(line, (one) => {
      chosen = one;
    });
  }
  await line.parseAsync();
  if (chosen !== undefined) strangersIn(args).forEach(say);
  return chosen;
};
