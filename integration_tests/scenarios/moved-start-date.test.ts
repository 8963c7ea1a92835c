import { describe, expect, test } from '@jest/globals';
import { connect, type Connection } from '../support/connection.ts';
import { type HighLevel, startHighLevel } from '../support/highlevel.ts';
import { cutsOf, resumeAll, spread } from '../support/resume.ts';
import { lossOf } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const HOUR_MS = 3_600_000;
const START = '2024-10-01T00:00:00Z';

/** A connection whose backfill broke off in its middle, and the records it had committed by then. */
const breakOff = async (highLevel: HighLevel, settings = {}) => {
  const run = await connect(highLevel, { settings }).read(CONTACTS);
  const cuts = cutsOf(run, 'contacts');
  const cut = cuts[Math.floor(cuts.length / 2) - 1];
  const connection: Connection = connect(highLevel, { settings });
  connection.setState('contacts', cut?.states.get('contacts') ?? {});
  return { connection, records: cut?.records ?? [] };
};

const startWorld = () =>
  startHighLevel({ contactsPerLocation: 50, shareNeverUpdated: 0.2, knobs: { silentPageSize: 6 } });

describe('a start date that moves while the backfill has broken off', () => {
  test('forward and away again leaves no gap', async () => {
    const highLevel = await startWorld();
    const { connection, records } = await breakOff(highLevel);
    expect(records.length).toBeLessThan(50);
    connection.configure({ start_date: START });
    const forward = await connection.read(CONTACTS);
    highLevel.passTime(3 * HOUR_MS);
    connection.configure({ start_date: null });
    const back = await connection.read(CONTACTS);
    const all = [...records, ...forward.records('contacts'), ...back.records('contacts')];
    expect(lossOf(highLevel, 'contacts', all)).toEqual([]);
  });

  test('back leaves no gap', async () => {
    const highLevel = await startWorld();
    const { connection, records } = await breakOff(highLevel, { start_date: START });
    connection.configure({ start_date: '2024-03-01T00:00:00Z' });
    const back = await connection.read(CONTACTS);
    highLevel.passTime(3 * HOUR_MS);
    connection.configure({ start_date: null });
    const all = await connection.read(CONTACTS);
    const union = [...records, ...back.records('contacts'), ...all.records('contacts')];
    expect(lossOf(highLevel, 'contacts', union)).toEqual([]);
  });
});

test('the gap before an earlier start date is resumed after any of its states', async () => {
  const highLevel = await startWorld();
  const [locationId = ''] = highLevel.simulator.world.locationIds();
  const connection = connect(highLevel, { settings: { start_date: START } });
  const first = await connection.read(CONTACTS);
  highLevel.passTime(3 * HOUR_MS);
  highLevel.simulator.world.addContacts(locationId, 8);
  highLevel.passTime(HOUR_MS);
  connection.configure({ start_date: null });
  const second = await connection.read(CONTACTS);
  const before = first.records('contacts');
  expect(lossOf(highLevel, 'contacts', [...before, ...second.records('contacts')])).toEqual([]);
  const cuts = spread(cutsOf(second, 'contacts'), 5);
  for (const union of await resumeAll(highLevel, cuts, { selection: CONTACTS, stream: 'contacts' })) {
    expect(lossOf(highLevel, 'contacts', [...before, ...union])).toEqual([]);
  }
});
