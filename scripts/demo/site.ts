import type { Collection } from '../../integration_tests/simulator/collections/collection.ts';
import type { CollectionKind } from '../../integration_tests/simulator/collections/kinds.ts';
import type { World } from '../../integration_tests/simulator/world.ts';
import { type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { Agency } from './agency.ts';

/** A location at work. */
export interface Site {
  readonly locationId: string;
  readonly name: string;
  readonly world: World;
  readonly rows: (kind: CollectionKind) => Collection;
  /** Epoch milliseconds, plus so many hours. */
  readonly inHours: (hours: number) => number;
}

export const siteOf = ({ simulator: { world }, now }: Agency, locationId: string): Site => ({
  locationId,
  name: textAt(world.locations().find(({ id }) => id === locationId) ?? {}, 'name') ?? locationId,
  world,
  rows: (kind) => world.collection(locationId, kind),
  inHours: (hours) => now() + hours * 3_600_000,
});

export const idOf = (row: JsonObject | undefined): string => {
  const { _id: other = '', id = other } = row ?? {};
  return typeof id === 'string' ? id : '';
};

export const iso = (epochMs: number): string => new Date(epochMs).toISOString();
