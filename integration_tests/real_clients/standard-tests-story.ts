import { chmod, cp, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPytest } from './run-pytest.ts';
import type { Story } from './setting.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = [
  'metadata.yaml',
  'acceptance-test-config.yml',
  'integration_tests/configured_catalog.json',
  'integration_tests/invalid_config.json',
];
const EXECUTABLE = 0o755;

/** The suite names no network, and the simulated HighLevel is on the loopback of this machine. */
const DOCKER = `#!/bin/sh
PATH=\${PATH#*${delimiter}}
command=$1
shift
[ "$command" = run ] && set -- --network host "$@"
exec docker "$command" "$@"
`;

/** The CDK's standard tests of an image, with the files that this repository has for them. */
export const standardTestsStory =
  (image: string): Story =>
  async ({ report, python, folder, config }) => {
    const root = join(folder, 'source-highlevel');
    for (const file of FILES) await cp(join(ROOT, file), join(root, file));
    await mkdir(join(root, 'secrets'));
    await writeFile(join(root, 'secrets/config.json'), JSON.stringify(config()));
    const commands = join(folder, 'commands');
    await mkdir(commands);
    await writeFile(join(commands, 'docker'), DOCKER);
    await chmod(join(commands, 'docker'), EXECUTABLE);
    const hooks = ['-p', 'airbyte_cdk.test.standard_tests.pytest_hooks'];
    await runPytest(report, {
      python,
      folder,
      file: 'test_image.py',
      args: [...hooks, `--connector-image=${image}`, '--read-from-streams=all'],
      env: { CONNECTOR_ROOT: root, PATH: `${commands}${delimiter}${process.env['PATH'] ?? ''}` },
    });
  };
