// Runs the acceptance tests: of the built connector, or of an image (`--image NAME`).
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  options: { image: { type: 'string' } },
  allowPositionals: true,
});
if (values.image !== undefined) process.env['ACCEPTANCE_IMAGE'] = values.image;

const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
const suites = positionals.length === 0 ? ['integration_tests/acceptance/'] : positionals;
const child = spawn(
  process.execPath,
  ['--experimental-vm-modules', jest, '--verbose', '--testTimeout=600000', ...suites],
  { stdio: 'inherit' },
);
child.once('close', (code) => {
  process.exitCode = code ?? 1;
});
