import { deepStrictEqual } from 'node:assert/strict';
import { serve } from '../../integration_tests/simulator/serve.ts';
import { createSimulator, type Simulator } from '../../integration_tests/simulator/simulator.ts';
import { type Check, requireExit } from './check.ts';
import { filesOf, READ_ARGS } from './command-checks.ts';
import { runContainer } from './container.ts';
import { countsInOutput, countsInWorld } from './truth.ts';

const LOCATIONS = 20;
const CONTACTS = 600;
/** Of one row: a page of 500 then weighs 5 MB, and twenty of them at once would not fit into the container. */
const EXTRA_BYTES = 10_000;

const createLargeWorld = (): Simulator => {
  const simulator = createSimulator({
    locations: LOCATIONS,
    contactsPerLocation: CONTACTS,
    opportunitiesPerLocation: 0,
    knobs: { rateLimits: 'off' },
  });
  const { world } = simulator;
  for (const locationId of world.locationIds()) {
    const rows = world.contacts(locationId).map((row) => ({ ...row, notes: 'x'.repeat(EXTRA_BYTES) }));
    world.setContacts(locationId, rows);
  }
  return simulator;
};

/** Many locations at once, whose rows are many times larger than usual. */
export const readsLargeRows: Check = async (setting) => {
  const simulator = createLargeWorld();
  const served = await serve(simulator);
  try {
    const files = filesOf({ ...setting, simulator, served });
    const ended = await runContainer(setting.image, { files, args: READ_ARGS });
    requireExit(ended, 0);
    deepStrictEqual(countsInOutput(ended.stdout), countsInWorld(simulator));
  } finally {
    await served.close();
  }
};
