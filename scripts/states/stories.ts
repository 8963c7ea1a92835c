import type { Shot, Story } from './shot.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A sync before, some time ago. */
export const syncFirst =
  (shot: Pick<Shot, 'stream' | 'mode'>, laterMs: number): Story =>
  async (connection, highLevel) => {
    await connection.read({ [shot.stream]: shot.mode });
    highLevel.passTime(laterMs);
  };

/** So many changes of all kinds that they do not fit into a page. */
export const manyChanges: Story = async (connection, highLevel) => {
  await connection.read({ contacts: 'incremental' });
  const { world } = highLevel.simulator;
  for (const locationId of world.locationIds()) {
    for (let hours = 0; hours < 24; hours += 3) {
      highLevel.passTime(3 * HOUR_MS);
      world.addContacts(locationId, 3, {}, { updatedAt: 'none' });
      world.addContacts(locationId, 3);
    }
  }
  highLevel.passTime(HOUR_MS);
};

/** The start date is taken away after a first sync. */
export const earlierStart: Story = async (connection, highLevel) => {
  await connection.read({ contacts: 'incremental' });
  highLevel.passTime(3 * HOUR_MS);
  connection.configure({ start_date: null });
};

/** Appointments of the next months, which windows of their own hold. */
export const manyAppointments: Story = async (connection, highLevel) => {
  await connection.read({ appointments: 'incremental' });
  highLevel.passTime(DAY_MS);
  const { world } = highLevel.simulator;
  for (const locationId of world.locationIds()) {
    for (let days = 0; days < 400; days += 2) {
      const at = (hour: number): string =>
        new Date(highLevel.now() + days * DAY_MS + hour * HOUR_MS).toISOString();
      world.collection(locationId, 'appointments').add({ startTime: at(1), endTime: at(2) });
    }
  }
  highLevel.passTime(HOUR_MS);
};
