// Builds the image and runs it as Airbyte, PyAirbyte and people do, against the simulator.
import { fileURLToPath } from 'node:url';
import { serve } from '../integration_tests/simulator/serve.ts';
import { createSimulator } from '../integration_tests/simulator/simulator.ts';
import type { Setting } from './image/check.ts';
import { checks } from './image/checks.ts';
import { docker, isDockerReady } from './image/docker.ts';
import catalog from '../integration_tests/configured_catalog.json' with { type: 'json' };

const IMAGE = 'source-highlevel:dev';
const NO_DOCKER =
  'There is no docker that works here: `docker info` failed. Install Docker, start it, and run this again.';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const seconds = (sinceMs: number): string => ((performance.now() - sinceMs) / 1_000).toFixed(1);

/** @returns whether there is an image to test */
const build = async (): Promise<boolean> => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const { exitCode } = await docker(['build', '--tag', IMAGE, root], { isShown: true });
  return exitCode === 0;
};

/** @returns how many checks failed */
const runChecks = async (setting: Setting): Promise<number> => {
  let failed = 0;
  for (const [claim, check] of checks) {
    const startedAtMs = performance.now();
    try {
      await check(setting);
      say(`  ✓ ${claim} (${seconds(startedAtMs)} s)`);
    } catch (error) {
      failed += 1;
      say(`  ✗ ${claim} (${seconds(startedAtMs)} s)`);
      say(error instanceof Error ? error.message : String(error));
    }
  }
  return failed;
};

const testImage = async (): Promise<boolean> => {
  if (!(await isDockerReady())) {
    say(NO_DOCKER);
    return false;
  }
  if (!(await build())) return false;
  const simulator = createSimulator({
    locations: 6,
    contactsPerLocation: 1_500,
    knobs: { rateLimits: 'off' },
  });
  const served = await serve(simulator);
  try {
    const failed = await runChecks({ image: IMAGE, simulator, served, catalog });
    say(`\n${IMAGE}: ${checks.size - failed} of ${checks.size} checks hold`);
    return failed === 0;
  } finally {
    await served.close();
  }
};

process.exitCode = (await testImage()) ? 0 : 1;
