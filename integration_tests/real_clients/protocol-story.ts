import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOutputs } from './outputs.ts';
import { runPytest } from './run-pytest.ts';
import type { Story } from './setting.ts';

/** What the connector prints is what Airbyte's own models understand. */
export const protocolStory: Story = async ({ report, python, agency, folder, streams, config }) => {
  const outputs = join(folder, 'outputs');
  await mkdir(outputs);
  await writeOutputs(agency, { streams, config: config(), folder: outputs });
  await runPytest(report, {
    python,
    folder,
    file: 'test_protocol_models.py',
    env: { OUTPUTS: outputs },
  });
};
