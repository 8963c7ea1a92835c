const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** How many base62 characters one 32-bit draw can fill. */
const CHARACTERS_PER_DRAW = 5;
const ID_LENGTH = 20;
/** Coprime to 62, so that multiplying by it permutes the numbers below 62^5. */
const SCATTER = 387_420_489;

/** A reproducible stream of choices: the same seed makes the same choices in the same order. */
export interface Random {
  /** Uniform in [0, 1). */
  readonly next: () => number;
  /** An integer from `least` to `most`, both included. */
  readonly int: (least: number, most: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly chance: (share: number) => boolean;
  /** `length` characters of base62, 20 as in the ids of HighLevel's CRM. */
  readonly id: (length?: number) => string;
  readonly hex: (length: number) => string;
  readonly uuid: () => string;
}

const mix = (hash: number, value: number): number => {
  let mixed = Math.imul(hash ^ (value | 0), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};

/** A 32-bit number that depends on every part. */
export const hashOf = (...parts: readonly number[]): number => parts.reduce(mix, 0x9e3779b9);

/** A 32-bit number for a text. */
export const hashOfText = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

const base62 = (value: number, length: number): string => {
  let rest = value;
  let text = '';
  for (let at = 0; at < length; at += 1) {
    text += BASE62.charAt(rest % 62);
    rest = Math.floor(rest / 62);
  }
  return text;
};

/** A class, because rows make thousands of these and closures would be made anew for each. */
class SeededRandom implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  #draw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  }

  next(): number {
    return this.#draw() / 0x1_0000_0000;
  }

  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.next() * list.length)];
    if (picked === undefined) throw new RangeError('Nothing to pick from.');
    return picked;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  id(length = ID_LENGTH): string {
    let text = '';
    while (text.length < length) text += base62(this.#draw(), CHARACTERS_PER_DRAW);
    return text.slice(0, length);
  }

  hex(length: number): string {
    let text = '';
    while (text.length < length) text += this.#draw().toString(16).padStart(8, '0');
    return text.slice(0, length);
  }

  uuid(): string {
    const digits = this.hex(30);
    const part = (from: number, to: number): string => digits.slice(from, to);
    return `${part(0, 8)}-${part(8, 12)}-4${part(12, 15)}-a${part(15, 18)}-${part(18, 30)}`;
  }
}

export const createRandom = (seed: number): Random => new SeededRandom(seed);

/**
 * The id of row number `ordinal`. Ids made with the same `seed` never collide (the ordinal is in them, scattered so
 * that their alphabetical order says nothing of it), which 20 characters drawn from a 32-bit seed could not promise.
 */
export const rowId = (seed: number, ordinal: number): string =>
  base62((ordinal * SCATTER + seed) % 62 ** CHARACTERS_PER_DRAW, CHARACTERS_PER_DRAW) +
  createRandom(hashOf(seed, ordinal)).id(ID_LENGTH - CHARACTERS_PER_DRAW);
