import { strictEqual } from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSecretFinder } from '../support/secret-finder.ts';
import { secretsOfConfig } from '../support/known-secrets.ts';
import { runPython } from './run-python.ts';
import type { Setting } from './setting.ts';

/** A program in Python in the folder of a story, beside a `config.json` which it may replace. */
export interface Program {
  /** @returns what it said. @throws Error unless it ended well and told no secret, to the terminal or to a log */
  readonly run: () => Promise<string>;
  readonly configText: () => Promise<string>;
}

const LONGEST_TAIL = 4_000;

const logsIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder, { recursive: true });
  return Promise.all(
    names.filter((name) => name.endsWith('.log')).map((name) => readFile(join(folder, name), 'utf8')),
  );
};

export const createProgram = async (
  { python, folder, config }: Setting,
  { code, env = {} }: { readonly code: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Program> => {
  const program = join(folder, 'program.py');
  const configPath = join(folder, 'config.json');
  await writeFile(program, code);
  await writeFile(configPath, JSON.stringify(config()));
  const configText = (): Promise<string> => readFile(configPath, 'utf8');
  const secrets = new Set(secretsOfConfig(config()));
  return {
    configText,
    run: async () => {
      const { exitCode, output } = await runPython({ python, args: [program], folder, env });
      strictEqual(exitCode, 0, `the program ended with ${String(exitCode)}:\n${output.slice(-LONGEST_TAIL)}`);
      secretsOfConfig(JSON.parse(await configText())).forEach((secret) => secrets.add(secret));
      const find = createSecretFinder(secrets);
      const leaks = [output, ...(await logsIn(folder))].flatMap(find);
      strictEqual(leaks.join(), '', 'secrets were printed or logged');
      return output;
    },
  };
};
