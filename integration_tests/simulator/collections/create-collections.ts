import { contactIdAt, type LocationSeed } from '../location-seed.ts';
import { createRandom, hashOf, hashOfText, type Random } from '../random.ts';
import type { WriteClock } from '../table.ts';
import { type Collection, createCollection, seededId } from './collection.ts';
import type { CollectionSeed } from './collection-spec.ts';
import type { CollectionKind } from './kinds.ts';
import { collectionSpecs } from './specs.ts';

/** Rows of each kind; absent kinds have as many as their spec says. */
export type CollectionCounts = Readonly<Partial<Record<CollectionKind, number>>>;

/** A location's collections, each made from the seed when somebody first looks at it. */
export type CollectionOf = (kind: CollectionKind) => Collection;

const addedAt = ({ oldestRowAt, newestRowAt }: LocationSeed, random: Random): number =>
  Math.floor(oldestRowAt + random.next() * (newestRowAt - oldestRowAt));

export const createCollections = (
  location: LocationSeed,
  counts: CollectionCounts,
  clock: WriteClock,
): CollectionOf => {
  const made = new Map<CollectionKind, Collection>();
  const saltOf = (kind: CollectionKind): number => hashOf(location.seed, hashOfText(kind));
  const countOf = (kind: CollectionKind): number => counts[kind] ?? collectionSpecs[kind].count;
  const seedOf = (kind: CollectionKind): CollectionSeed => {
    const salt = saltOf(kind);
    const { users, contactCount, id, variations } = location;
    return {
      locationId: id,
      variations,
      random: (ordinal) => createRandom(hashOf(salt, 2, ordinal)),
      addedAt: (ordinal) => addedAt(location, createRandom(hashOf(salt, 3, ordinal))),
      contactId: (ordinal) => contactIdAt(location, contactCount === 0 ? ordinal : ordinal % contactCount),
      userId: (ordinal) => users[ordinal % users.length] ?? '',
      idsOf,
    };
  };
  const ids = new Map<CollectionKind, readonly string[]>();
  function idsOf(kind: CollectionKind): readonly string[] {
    const known = ids.get(kind) ?? makeIds(kind);
    ids.set(kind, known);
    return known;
  }
  function makeIds(kind: CollectionKind): readonly string[] {
    const source = { seed: seedOf(kind), salt: saltOf(kind) };
    return Array.from({ length: countOf(kind) }, (_, ordinal) =>
      seededId(collectionSpecs[kind], source, ordinal),
    );
  }
  return (kind) => {
    const known = made.get(kind);
    if (known !== undefined) return known;
    const spec = collectionSpecs[kind];
    const collection = createCollection(spec, {
      seed: seedOf(kind),
      salt: saltOf(kind),
      count: countOf(kind),
      clock,
    });
    made.set(kind, collection);
    return collection;
  };
};
