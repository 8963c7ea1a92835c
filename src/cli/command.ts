import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import type { Input, Source } from '../source/source.ts';
import type { SharedFile } from '../auth/shared-file.ts';
import type { CliDependencies } from './cli-dependencies.ts';

/** Who reads the output: the platform reads messages; others get what they asked for, and the log aside. */
export type OutputReader = 'platform' | 'other';

/** What a command works with. */
export interface CommandContext extends CliDependencies {
  /** Loads what most commands need and `spec` does not. */
  readonly openSource: (reader?: OutputReader) => Promise<Source>;
  readonly input: (kind: string, path: string | undefined) => Input;
  readonly tokenFile: (path: string | undefined) => SharedFile | undefined;
}

/** Does the work, and gives the process's exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>;

/** A command whose line has been read. */
export interface ChosenCommand {
  readonly run: RunCommand;
  /** True if what it has written is worth nothing without the rest: told to stop, it never ends well. */
  readonly isWholeOrNothing: boolean;
}

/** One command, ready to be put on the command line. */
export interface Command {
  readonly name: string;
  readonly optionNames: readonly string[];
  readonly addTo: (yargs: Argv, choose: (command: ChosenCommand) => void) => void;
}

interface CommandDefinition<Known extends Readonly<Record<string, Options>>> {
  readonly name: string;
  readonly describe: string;
  readonly options: Known;
  /** Lines as they are typed, each with what it does; `$0` stands for the program. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  readonly isWholeOrNothing?: boolean;
  readonly run: (
    options: ArgumentsCamelCase<InferredOptionTypes<Known>>,
    context: CommandContext,
  ) => Promise<number>;
}

/** A command is a value, and its options have the types that they are declared with. */
export const defineCommand = <Known extends Readonly<Record<string, Options>>>({
  name,
  describe,
  options,
  examples,
  run,
  isWholeOrNothing = false,
}: CommandDefinition<Known>): Command => ({
  name,
  optionNames: Object.keys(options),
  addTo: (yargs, choose) => {
    yargs.command<InferredOptionTypes<Known>>(
      name,
      describe,
      (command) => {
        command.options(options);
        for (const [line, does] of examples) command.example(line, does);
      },
      (given) => {
        choose({ run: (context) => run(given, context), isWholeOrNothing });
      },
    );
  },
});
