import { nearest } from './nearest.ts';

/** What yargs answers itself. */
const OF_THE_LINE = ['help', 'version', 'debug'];

/** yargs takes `--tokenFile` for `--token-file`. */
const inKebabCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The option that an argument is, as it was written; undefined for a value or a command. */
const optionIn = (argument: string): string | undefined => /^--?[^\s=.-][^\s=.]*/.exec(argument)?.[0];

const nameOf = (option: string): string => inKebabCase(option.replace(/^-+/, ''));

/**
 * Sentences on the options that a command does not know. They are no errors: a platform may come to pass others than it
 * does now.
 */
export const unknownOptions = (
  args: readonly string[],
  command: { readonly name: string; readonly optionNames: readonly string[] },
): readonly string[] => {
  const known = [...command.optionNames, ...OF_THE_LINE];
  const end = args.indexOf('--');
  const given = (end < 0 ? args : args.slice(0, end)).map(optionIn).filter((one) => one !== undefined);
  return [...new Set(given)]
    .filter(
      (option) => !known.includes(nameOf(option)) && !known.includes(nameOf(option).replace(/^no-/, '')),
    )
    .map((option) => {
      const meant = nearest(nameOf(option), known);
      const hint = meant === undefined ? '' : ` Did you mean --${meant}?`;
      return `${command.name} has no option ${option}; it is ignored.${hint}`;
    });
};
