/** Counts distinct ids by their hashes, in 16 to 32 bytes each, instead of keeping the ids themselves. */
export interface IdSet {
  readonly size: () => number;
  /** @returns false if the id (or, once in some ten thousand million, one that looks the same) is there already */
  readonly add: (id: string) => boolean;
}

const FIRST_CAPACITY = 256;
const FNV_PRIME = 0x01000193;

/** 52 bits of two differently seeded FNV-1a hashes; never 0, which marks an empty place. */
const hash = (id: string): number => {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < id.length; index += 1) {
    const code = id.charCodeAt(index);
    low = Math.imul(low ^ code, FNV_PRIME);
    high = Math.imul(high ^ code, 0x85ebca6b) ^ (high >>> 13);
  }
  return ((high >>> 0) & 0xfffff) * 0x1_0000_0000 + (low >>> 0) + 1;
};

export const createIdSet = (): IdSet => {
  let places = new Float64Array(FIRST_CAPACITY);
  let count = 0;

  /** Where `key` is, or the empty place where it belongs. */
  const placeOf = (key: number): number => {
    const mask = places.length - 1;
    let place = (key % 0x1_0000_0000) & mask;
    while (places[place] !== 0 && places[place] !== key) place = (place + 1) & mask;
    return place;
  };
  const grow = (): void => {
    const old = places;
    places = new Float64Array(old.length * 2);
    for (const key of old) if (key !== 0) places[placeOf(key)] = key;
  };

  return {
    size: () => count,
    add: (id) => {
      const key = hash(id);
      const place = placeOf(key);
      if (places[place] === key) return false;
      places[place] = key;
      count += 1;
      if (count * 2 > places.length) grow();
      return true;
    },
  };
};
