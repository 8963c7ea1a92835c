import { toConnectorError } from '../foundation/errors.ts';
import { isReaderGone } from '../protocol/reader-gone.ts';
import type { Source } from '../source/source.ts';
import type { CliDependencies } from './cli-dependencies.ts';
import type { ChosenCommand, CommandContext, OutputReader } from './command.ts';
import { inputFrom } from './input-from.ts';
import { type OpenedSource, openSource } from './open-source.ts';
import { printSpec } from './print-spec.ts';

/** The end of a command: an exit code, or that it was told to stop before its end. */
export type CliOutcome = number | 'interrupted';

/** What the platform says to get the specification. Nothing is left to parse, and yargs takes longer to load than to answer. */
const isPlainSpec = (args: readonly string[]): boolean => args.length === 1 && args[0] === 'spec';

const chooseCommand = async (
  args: readonly string[],
  dependencies: Pick<CliDependencies, 'version' | 'say'>,
): Promise<ChosenCommand | undefined> => {
  if (isPlainSpec(args)) return { run: ({ emitter }) => printSpec(emitter), isWholeOrNothing: false };
  const { readCommandLine } = await import('./command-line.ts');
  return readCommandLine(args, dependencies);
};

const contextOf = (dependencies: CliDependencies, open: CommandContext['openSource']): CommandContext => {
  const { env, readTextFile, openSharedFile } = dependencies;
  return {
    ...dependencies,
    openSource: open,
    input: inputFrom(readTextFile),
    tokenFile: (path = env['HIGHLEVEL_TOKEN_FILE'] ?? '') => (path === '' ? undefined : openSharedFile(path)),
  };
};

/** Runs one command of the connector. */
export const runCli = async (args: readonly string[], dependencies: CliDependencies): Promise<CliOutcome> => {
  const { emitter, signal } = dependencies;
  let opened: Promise<OpenedSource> | undefined;
  const open = async (reader: OutputReader = 'platform'): Promise<Source> => {
    opened ??= openSource(args, dependencies, reader);
    return (await opened).source;
  };
  const run = async (): Promise<CliOutcome> => {
    try {
      const command = await chooseCommand(args, dependencies);
      // None after `--help` and `--version`, which have been answered.
      if (command === undefined) return 0;
      const exitCode = await command.run(contextOf(dependencies, open));
      return signal.aborted && command.isWholeOrNothing ? 'interrupted' : exitCode;
    } catch (thrown) {
      if (signal.aborted) return 'interrupted';
      if (isReaderGone(thrown)) return 1;
      const source = await open();
      return source.fail(toConnectorError(thrown)).catch(() => 1);
    }
  };
  const outcome = await run();
  await (await opened)?.log.drained();
  // What is still on its way when the reader goes was not delivered, however well it ended.
  const isDelivered = await emitter.flush().then(
    () => true,
    () => false,
  );
  return isDelivered || outcome !== 0 ? outcome : 1;
};
