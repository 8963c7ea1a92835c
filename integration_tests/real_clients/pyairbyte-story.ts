import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runPytest } from './run-pytest.ts';
import { CONNECTOR, type Story } from './setting.ts';

/** PyAirbyte's own ways to ask the connector, beginning with an access token that has expired. */
export const pyAirbyteStory: Story = async ({ report, python, agency, folder, config }) => {
  const path = join(folder, 'config.json');
  await writeFile(path, JSON.stringify(config()));
  agency.simulator.admin.expireAccessTokens();
  await runPytest(report, {
    python,
    folder,
    file: 'test_pyairbyte.py',
    env: { CONNECTOR, CONFIG: path },
  });
};
