import { expect, test } from '@jest/globals';
import { connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { lossOf } from '../support/warehouse.ts';

/** So many locations that all of what may be in memory at once is held when something else is asked for. */
const MANY = { locations: 20, knobs: { rateLimits: 'off' } } as const;

test('contacts whose custom fields have to be looked up come of many large locations at once', async () => {
  const highLevel = await startHighLevel({ ...MANY, contactsPerLocation: 500, opportunitiesPerLocation: 0 });
  const run = await connect(highLevel).read({ contacts: 'incremental' });
  expect([run.exitCode, run.end('contacts')]).toEqual([0, 'COMPLETE']);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
});

test('windows that are too large come of many calendars at once', async () => {
  const rows = { calendars: 2, appointments: 5_000 };
  const highLevel = await startHighLevel({ ...MANY, locations: 2, contactsPerLocation: 1, rows });
  const run = await connect(highLevel).read({ appointments: 'incremental' });
  expect([run.exitCode, run.end('appointments')]).toEqual([0, 'COMPLETE']);
  expect(new Set(run.records('appointments').map(({ id }) => id)).size).toBe(10_000);
});
