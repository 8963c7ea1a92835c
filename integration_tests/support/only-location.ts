import type { HighLevel } from './highlevel.ts';

/** The first location's id, for worlds of one. */
export const onlyLocation = ({ simulator }: Pick<HighLevel, 'simulator'>): string => {
  const [locationId] = simulator.world.locationIds();
  if (locationId === undefined) throw new RangeError('There is no location.');
  return locationId;
};
