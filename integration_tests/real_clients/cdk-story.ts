import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPytest } from './run-pytest.ts';
import { CONNECTOR, type Story } from './setting.ts';

/** The connector takes what the CDK's builders make, and the CDK's reader of outputs takes what it prints. */
export const cdkStory: Story = async ({ report, python, folder, config }) => {
  const path = join(folder, 'config.json');
  await writeFile(path, JSON.stringify(config()));
  await runPytest(report, {
    python,
    folder,
    file: 'test_cdk_helpers.py',
    env: { CONNECTOR, CONFIG: path },
  });
};
