import { strictEqual } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { documentedProgram } from './documented-program.ts';
import { createProgram } from './program.ts';
import { CONNECTOR, type Setting, type Story } from './setting.ts';

const PROLOGUE = 'import json\n\nwith open("config.json") as file:\n    config = json.load(file)\n';
const EPILOGUE = 'source.check()\nsource.select_streams(["contacts"])\nsource.read()\n';
const RUNS = 3;
const DAY_H = 25;

/** An access token lives for a day, so that every run but the first needs the token that the one before was given. */
export const runOnThreeDays = async (setting: Setting, code: string): Promise<void> => {
  const { report, agency, config } = setting;
  const firstConfig = config();
  const program = await createProgram(setting, { code: [PROLOGUE, code, EPILOGUE].join('\n') });
  await report.claim(
    'the program of the setup goes on for days with a configuration that stays as it was',
    async () => {
      for (let day = 0; day < RUNS; day += 1) {
        await program.run();
        agency.passHours(DAY_H);
      }
      strictEqual(await program.configText(), JSON.stringify(firstConfig));
    },
  );
};

/** The program of the setup, which keeps the tokens in a file. */
export const tokenFileStory: Story = async (setting) => {
  const tokens = join(setting.folder, 'tokens');
  await mkdir(tokens);
  const replacements = new Map([
    ['/home/me/.highlevel/tokens.json', join(tokens, 'tokens.json')],
    ['/path/to/source-highlevel/dist/main.js', CONNECTOR],
  ]);
  await runOnThreeDays(setting, await documentedProgram('docs/setup.md', replacements));
};
