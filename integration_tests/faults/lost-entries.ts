import type { Stage } from './stage.ts';

type Entries = ReadonlyMap<string, readonly string[]>;

/** Says which locations an incremental stream has forgotten: those it has read stay in its state, whatever becomes of them. */
export const lostEntries = (before: Entries, after: Entries, modes: Stage['modes']): readonly string[] =>
  [...before]
    .filter(([stream]) => modes.get(stream) === 'incremental')
    .flatMap(([stream, locationIds]) => {
      const left = new Set(after.get(stream));
      return locationIds
        .filter((locationId) => !left.has(locationId))
        .map((locationId) => `the state of ${stream} lacks the entry of ${locationId}`);
    });
