/** The right to read with one key; to be given back once. */
export interface Lane {
  readonly key: string;
  readonly release: () => void;
}

export interface LaneUser {
  /** What it wants a lane for, in the order of wanting. */
  readonly keys: Iterable<string>;
  /** Whether a key has to be prepared before its lane opens. */
  readonly needs: (key: string) => boolean;
  /** Must not throw. */
  readonly open: (lane: Lane) => void;
}

/** One user's place in the pool. */
export interface LanePlace {
  /** Begins to give it lanes; to be called once, and soon: nobody else enters before. */
  readonly join: (user: LaneUser) => void;
  /** True when every key has had its lane. */
  readonly isServed: () => boolean;
  /** Gives up what has not had its lane; lanes that are open stay so until they are given back. */
  readonly withdraw: () => void;
  /** Makes room for another user. */
  readonly leave: () => void;
}

/** Gives out lanes: to whoever entered first, as long as that one has something to do with them, then to the next. */
export interface LanePool {
  /** Resolves when there is a lane for one of the keys that nobody who has entered before can use. One caller at a time. */
  readonly enter: (keys: readonly string[]) => Promise<LanePlace>;
  /** Resolves when nothing is being prepared any more. */
  readonly settled: () => Promise<void>;
}

interface LanePoolOptions {
  readonly lanes: number;
  /** Lanes of one key at once, over all users. Default: all. */
  readonly lanesPerKey?: number;
  /** Users at once. Default: any number. */
  readonly users?: number;
  /** Called once a key, before its first lane opens; must not reject. Default: nothing has to be prepared. */
  readonly prepare?: ((key: string) => Promise<void>) | undefined;
}

/** Keys that a user looks ahead, so that they are prepared when a lane is free. */
const LOOK_AHEAD = 20;

/** What a user has not had a lane for yet. */
interface Waiting {
  readonly user: LaneUser;
  readonly unseen: Iterator<string, unknown>;
  /** Looked at, in their order. */
  readonly seen: Set<string>;
  isDrained: boolean;
}

interface Member {
  /** Undefined before it has joined. */
  waiting: Waiting | undefined;
}

/** Who may have a lane next, and what has to be there before. */
class Lanes implements LanePool {
  readonly #mostPerKey: number;
  readonly #mostMembers: number;
  readonly #lookAhead: number;
  readonly #prepare: LanePoolOptions['prepare'];
  readonly #members = new Set<Member>();
  readonly #used = new Map<string, number>();
  /** False while its preparation is under way. */
  readonly #prepared = new Map<string, boolean>();
  readonly #preparing = new Set<Promise<void>>();
  #free: number;
  #applicant: { readonly keys: readonly string[]; readonly admit: () => void } | undefined;

  constructor({ lanes, lanesPerKey = lanes, users = Infinity, prepare }: LanePoolOptions) {
    this.#free = lanes;
    this.#mostPerKey = lanesPerKey;
    this.#mostMembers = users;
    this.#prepare = prepare;
    // One more than the keys that can have all of their lanes at once: there is always one to go on with.
    this.#lookAhead = Math.max(Math.min(LOOK_AHEAD, lanes), Math.floor(lanes / lanesPerKey)) + 1;
  }

  enter(keys: readonly string[]): Promise<LanePlace> {
    return new Promise((resolve) => {
      const admit = (): void => {
        const member: Member = { waiting: undefined };
        this.#members.add(member);
        resolve(this.#placeFor(member));
      };
      this.#applicant = { keys, admit };
      this.#serve();
    });
  }

  async settled(): Promise<void> {
    await Promise.all(this.#preparing);
  }

  #placeFor(member: Member): LanePlace {
    return {
      join: (user) => {
        const unseen = user.keys[Symbol.iterator]();
        member.waiting = { user, unseen, seen: new Set(), isDrained: false };
        this.#look(member.waiting);
        this.#serve();
      },
      isServed: () => member.waiting?.isDrained === true && member.waiting.seen.size === 0,
      withdraw: () => {
        if (member.waiting === undefined) return;
        member.waiting.isDrained = true;
        member.waiting.seen.clear();
      },
      leave: () => {
        if (this.#members.delete(member)) this.#serve();
      },
    };
  }

  #serve(): void {
    for (const { waiting } of this.#members) {
      if (waiting === undefined) continue;
      for (let key = this.#next(waiting); this.#free > 0 && key !== undefined; key = this.#next(waiting))
        this.#give(waiting, key);
    }
    if (this.#applicant === undefined || !this.#isWelcome(this.#applicant.keys)) return;
    this.#applicant.admit();
    this.#applicant = undefined;
  }

  #next({ seen }: Waiting): string | undefined {
    for (const key of seen) if (this.#hasRoom(key) && this.#prepared.get(key) !== false) return key;
    return undefined;
  }

  #hasRoom(key: string): boolean {
    return (this.#used.get(key) ?? 0) < this.#mostPerKey;
  }

  #isWelcome(keys: readonly string[]): boolean {
    // Nothing would come of waiting; a key that is not prepared by then is prepared for it.
    if (this.#members.size === 0) return true;
    const isFull = this.#members.size >= this.#mostMembers || this.#free === 0;
    if (isFull || [...this.#members].some(({ waiting }) => waiting === undefined)) return false;
    const isReady = (key: string): boolean => this.#prepare === undefined || this.#prepared.get(key) === true;
    // The first ones are prepared first; to look at thousands each time would be for nothing.
    return keys.slice(0, 2 * this.#lookAhead).some((key) => this.#hasRoom(key) && isReady(key));
  }

  #give(waiting: Waiting, key: string): void {
    waiting.seen.delete(key);
    this.#used.set(key, (this.#used.get(key) ?? 0) + 1);
    this.#free -= 1;
    this.#look(waiting);
    let isOpen = true;
    const release = (): void => {
      if (isOpen) this.#takeBack(key);
      isOpen = false;
    };
    waiting.user.open({ key, release });
  }

  #takeBack(key: string): void {
    this.#free += 1;
    const left = (this.#used.get(key) ?? 1) - 1;
    if (left === 0) this.#used.delete(key);
    else this.#used.set(key, left);
    this.#serve();
  }

  /** Looks at keys that come soon, and begins to prepare them. */
  #look(waiting: Waiting): void {
    while (!waiting.isDrained && waiting.seen.size < this.#lookAhead) {
      const { done, value: key } = waiting.unseen.next();
      if (done === true) {
        waiting.isDrained = true;
        return;
      }
      waiting.seen.add(key);
      if (this.#prepare === undefined || this.#prepared.has(key) || !waiting.user.needs(key)) continue;
      this.#prepared.set(key, false);
      const preparation = this.#prepare(key).then(() => {
        this.#preparing.delete(preparation);
        this.#prepared.set(key, true);
        this.#serve();
      });
      this.#preparing.add(preparation);
    }
  }
}

export const createLanePool = (options: LanePoolOptions): LanePool => new Lanes(options);
