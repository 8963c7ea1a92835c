import { strictEqual } from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder } from '../../scripts/image/container.ts';
import { docker } from '../../scripts/image/docker.ts';
import { documentedProgram } from './documented-program.ts';
import { createProgram } from './program.ts';
import { CONNECTOR, type Setting, type Story } from './setting.ts';

const PROLOGUE = 'import json\n\nwith open("config.json") as file:\n    config = json.load(file)\n';
const EPILOGUE = 'source.check()\nsource.select_streams(["contacts"])\nsource.read()\n';
const RUNS = 3;
const DAY_H = 25;
const READ_BY_ANYBODY = 0o755;

const buildImage = (tag: string, dockerfile: string): Promise<void> =>
  withFolder(READ_BY_ANYBODY, async (folder) => {
    await writeFile(join(folder, 'Dockerfile'), dockerfile);
    const { exitCode, stderr } = await docker(['build', '--tag', tag, folder]);
    strictEqual(exitCode, 0, stderr);
  });

/** An access token lives for a day, so that every run but the first needs the token that the one before was given. */
const runOnThreeDays = async (setting: Setting, code: string): Promise<void> => {
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

const TOKEN_FILE = 'os.environ["HIGHLEVEL_TOKEN_FILE"] = "/home/me/.highlevel/tokens.json"';
const EXECUTABLE = 'local_executable="/path/to/source-highlevel/dist/main.js"';
const WRITTEN_BY_ANYBODY = 0o777;

/** The image that the setup tells to build: PyAirbyte gives a container a folder of its own, and no variables. */
export const tokenFileImageStory =
  (image: string): Story =>
  async (setting) => {
    const derived = `${image}-with-token-file`;
    await buildImage(derived, `FROM ${image}\nENV HIGHLEVEL_TOKEN_FILE=/local/highlevel-tokens.json\n`);
    const shared = join(setting.folder, 'source-highlevel');
    await mkdir(shared);
    // Whoever runs the program need not be the user of the image.
    await chmod(shared, WRITTEN_BY_ANYBODY);
    const replacements = new Map([
      [TOKEN_FILE, ''],
      [EXECUTABLE, `docker_image="${derived}",\n    use_host_network=True`],
    ]);
    try {
      await runOnThreeDays(setting, await documentedProgram('docs/setup.md', replacements));
    } finally {
      await docker(['image', 'rm', derived]);
    }
  };
