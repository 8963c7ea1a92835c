import console from 'node:console';
import { rm } from 'node:fs/promises';
import process from 'node:process';
import { tsImport } from 'tsx/esm/api';

/** After the last test: fails the suite if any run of the connector printed a secret, its own or another's. */
export default async () => {
  const folder = process.env.PRINTED_FOLDER;
  const { scanPrinted } = await tsImport('../integration_tests/support/printed.ts', import.meta.url);
  try {
    const { lines, secrets } = scanPrinted(folder);
    console.log(`No secret of ${secrets} is in the ${lines} lines that the connector printed.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
