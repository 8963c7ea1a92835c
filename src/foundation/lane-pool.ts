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

export const createLanePool = (options: LanePoolOptions): LanePool => {
  const { lanes, lanesPerKey = lanes, users: mostMembers = Infinity, prepare } = options;
  // One more than the keys that can have all of their lanes at once: there is always one to go on with.
  const lookAhead = Math.max(Math.min(LOOK_AHEAD, lanes), Math.floor(lanes / lanesPerKey)) + 1;
  const members = new Set<Member>();
  const used = new Map<string, number>();
  /** False while its preparation is under way. */
  const prepared = new Map<string, boolean>();
  const preparing = new Set<Promise<void>>();
  let free = lanes;
  let applicant: { readonly keys: readonly string[]; readonly admit: () => void } | undefined;

  const hasRoom = (key: string): boolean => (used.get(key) ?? 0) < lanesPerKey;

  const look = (waiting: Waiting): void => {
    while (!waiting.isDrained && waiting.seen.size < lookAhead) {
      const { done, value: key } = waiting.unseen.next();
      if (done === true) {
        waiting.isDrained = true;
        return;
      }
      waiting.seen.add(key);
      if (prepare === undefined || prepared.has(key) || !waiting.user.needs(key)) continue;
      prepared.set(key, false);
      const preparation = prepare(key).then(() => {
        preparing.delete(preparation);
        prepared.set(key, true);
        serve();
      });
      preparing.add(preparation);
    }
  };

  const giveBack = (key: string): void => {
    free += 1;
    const left = (used.get(key) ?? 1) - 1;
    if (left === 0) used.delete(key);
    else used.set(key, left);
    serve();
  };

  const give = (waiting: Waiting, key: string): void => {
    waiting.seen.delete(key);
    used.set(key, (used.get(key) ?? 0) + 1);
    free -= 1;
    look(waiting);
    let isOpen = true;
    const release = (): void => {
      if (isOpen) giveBack(key);
      isOpen = false;
    };
    waiting.user.open({ key, release });
  };

  const next = ({ seen }: Waiting): string | undefined => {
    for (const key of seen) if (hasRoom(key) && prepared.get(key) !== false) return key;
    return undefined;
  };

  const isWelcome = (keys: readonly string[]): boolean => {
    // Nothing would come of waiting; a key that is not prepared by then is prepared for it.
    if (members.size === 0) return true;
    const isFull = members.size >= mostMembers || free === 0;
    if (isFull || [...members].some(({ waiting }) => waiting === undefined)) return false;
    const isReady = (key: string): boolean => prepare === undefined || prepared.get(key) === true;
    // The first ones are prepared first; to look at thousands each time would be for nothing.
    return keys.slice(0, 2 * lookAhead).some((key) => hasRoom(key) && isReady(key));
  };

  const serve = (): void => {
    for (const { waiting } of members) {
      if (waiting === undefined) continue;
      for (let key = next(waiting); free > 0 && key !== undefined; key = next(waiting)) give(waiting, key);
    }
    if (applicant === undefined || !isWelcome(applicant.keys)) return;
    applicant.admit();
    applicant = undefined;
  };

  const placeFor = (member: Member): LanePlace => ({
    join: (user) => {
      const unseen = user.keys[Symbol.iterator]();
      member.waiting = { user, unseen, seen: new Set(), isDrained: false };
      look(member.waiting);
      serve();
    },
    isServed: () => member.waiting?.isDrained === true && member.waiting.seen.size === 0,
    withdraw: () => {
      if (member.waiting === undefined) return;
      member.waiting.isDrained = true;
      member.waiting.seen.clear();
    },
    leave: () => {
      if (members.delete(member)) serve();
    },
  });

  return {
    settled: async () => {
      await Promise.all(preparing);
    },
    enter: (keys) =>
      new Promise((resolve) => {
        const admit = (): void => {
          const member: Member = { waiting: undefined };
          members.add(member);
          resolve(placeFor(member));
        };
        applicant = { keys, admit };
        serve();
      }),
  };
};
