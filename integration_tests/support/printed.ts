import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretFinder } from './secret-finder.ts';

/** What one run of the connector gave away, and what it must not. */
interface Printed {
  /** Lines of either output, and files it has left. */
  readonly texts: readonly string[];
  readonly secrets: readonly string[];
}

/** Where all runs of a suite are collected; set before the first (scripts/collect-printed.js). */
const FOLDER = 'PRINTED_FOLDER';
const MOST_LEAKS = 10;

/** The one message that has to hold secrets: the configuration with rotated tokens, which the platform keeps. */
const mayHoldSecrets = (line: string): boolean => line.startsWith('{"type":"CONTROL"');

/** What is printed of the secrets, a problem each. */
export const leaksIn = ({ texts, secrets }: Printed): readonly string[] => {
  const find = createSecretFinder(secrets);
  return texts
    .filter((text) => !mayHoldSecrets(text))
    .flatMap((text) => find(text).map((secret) => `The secret ${secret} is in: ${text.slice(0, 300)}`));
};

/** Keeps what a run printed for the end of the suite. */
export const keepPrinted = ({ texts, secrets }: Printed): void => {
  const folder = process.env[FOLDER];
  if (folder === undefined) return;
  const file = join(folder, String(process.pid));
  appendFileSync(`${file}.texts`, `${texts.filter((text) => !mayHoldSecrets(text)).join('\n')}\n`);
  appendFileSync(`${file}.secrets`, `${JSON.stringify([...new Set(secrets)])}\n`);
};

const textsIn = (line: string): readonly string[] => {
  const list: unknown = JSON.parse(line);
  return Array.isArray(list) ? list.filter((text) => typeof text === 'string') : [];
};

/** Looks for every secret of every run in the output of every other. @throws Error when there is one */
export const scanPrinted = (folder: string): { readonly lines: number; readonly secrets: number } => {
  const linesOf = (ending: string): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => line !== '');
  const secrets = new Set(linesOf('.secrets').flatMap(textsIn));
  const texts = linesOf('.texts');
  const leaks = leaksIn({ texts, secrets: [...secrets] });
  if (leaks.length === 0) return { lines: texts.length, secrets: secrets.size };
  throw new Error(leaks.slice(0, MOST_LEAKS).join('\n'));
};
