import type { Measure } from './measure.ts';
import { allStreams } from './measures/all-streams.ts';
import { idleSync } from './measures/idle-sync.ts';
import { insideLocation } from './measures/inside-location.ts';
import { manyLocations } from './measures/many-locations.ts';
import { ownCost } from './measures/own-cost.ts';
import { peakMemory } from './measures/peak-memory.ts';
import { quotaShared } from './measures/quota-shared.ts';
import { quotaUsed } from './measures/quota-used.ts';
import { slowReader } from './measures/slow-reader.ts';
import { startUp } from './measures/start-up.ts';
import { stateSize } from './measures/state-size.ts';

/** In the order of the table. */
export const measures: readonly Measure[] = [
  ownCost,
  quotaUsed,
  quotaShared,
  insideLocation,
  manyLocations,
  allStreams,
  idleSync,
  peakMemory,
  stateSize,
  startUp,
  slowReader,
];
