import { expect, test } from '@jest/globals';
import { createLanePool, type Lane, type LanePool } from './lane-pool.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Enters and joins; the lanes that it is given are named `user key`. */
const join = async (
  pool: LanePool,
  name: string,
  { keys, needs = () => true }: { readonly keys: readonly string[]; readonly needs?: () => boolean },
) => {
  const place = await pool.enter(keys);
  const lanes = new Map<string, Lane>();
  place.join({ keys, needs, open: (lane) => lanes.set(lane.key, lane) });
  return { ...place, name, open: () => [...lanes.keys()], free: (key: string) => lanes.get(key)?.release() };
};

test('who comes later gets what those before leave', async () => {
  const pool = createLanePool({ lanes: 3 });
  const first = await join(pool, 'first', { keys: ['A', 'B'] });
  const second = await join(pool, 'second', { keys: ['A', 'B'] });
  expect([first.open(), second.open()]).toEqual([['A', 'B'], ['A']]);
  first.free('A');
  expect(second.open()).toEqual(['A', 'B']);
});

test('who came first is served first', async () => {
  const pool = createLanePool({ lanes: 2 });
  const first = await join(pool, 'first', { keys: ['A', 'B', 'C'] });
  let second: Awaited<ReturnType<typeof join>> | undefined;
  const entering = join(pool, 'second', { keys: ['A'] }).then((entered) => (second = entered));
  await turn();
  expect(second).toBeUndefined();
  first.free('A');
  await turn();
  expect(first.open()).toEqual(['A', 'B', 'C']);
  expect(second).toBeUndefined();
  first.free('B');
  expect((await entering).open()).toEqual(['A']);
});

test('a key has no more lanes than it may, and does not hold up the others', async () => {
  const pool = createLanePool({ lanes: 9, lanesPerKey: 2 });
  const first = await join(pool, 'first', { keys: ['A', 'B'] });
  const second = await join(pool, 'second', { keys: ['A', 'B'] });
  const third = await join(pool, 'third', { keys: ['A', 'B', 'C'] });
  expect([first, second, third].map((user) => user.open())).toEqual([['A', 'B'], ['A', 'B'], ['C']]);
  first.free('B');
  expect(third.open()).toEqual(['C', 'B']);
});

test('nobody enters for keys that have all their lanes', async () => {
  const pool = createLanePool({ lanes: 9, lanesPerKey: 1 });
  const first = await join(pool, 'first', { keys: ['A'] });
  let hasEntered = false;
  const entering = pool.enter(['A']).then(() => (hasEntered = true));
  await turn();
  expect(hasEntered).toBe(false);
  first.free('A');
  await entering;
});

test('there are no more users than there may be, and a place that is left is free', async () => {
  const pool = createLanePool({ lanes: 9, users: 1 });
  const first = await join(pool, 'first', { keys: ['A'] });
  let hasEntered = false;
  const entering = pool.enter(['B']).then(() => (hasEntered = true));
  await turn();
  expect(hasEntered).toBe(false);
  first.leave();
  await entering;
});

test('a lane that is given back twice counts once', async () => {
  const pool = createLanePool({ lanes: 1 });
  const first = await join(pool, 'first', { keys: ['A', 'B', 'C'] });
  first.free('A');
  first.free('A');
  expect(first.open()).toEqual(['A', 'B']);
});

test('who withdraws or leaves gets no more, and lanes that are open stay taken until they are given back', async () => {
  const pool = createLanePool({ lanes: 2 });
  const first = await join(pool, 'first', { keys: ['A', 'B', 'C'] });
  first.withdraw();
  first.free('A');
  const second = await join(pool, 'second', { keys: ['A', 'D'] });
  expect([first.open(), second.open()]).toEqual([['A', 'B'], ['A']]);
  first.leave();
  first.free('B');
  expect([first.open(), second.open()]).toEqual([
    ['A', 'B'],
    ['A', 'D'],
  ]);
});

test('everybody is served in the end, however few lanes there are', async () => {
  const keys = Array.from({ length: 70 }, (_, index) => `K${index}`);
  const pool = createLanePool({ lanes: 50, lanesPerKey: 6, prepare: turn });
  const served: string[] = [];
  const users = [];
  for (let user = 0; user < 9; user += 1) {
    const place = await pool.enter(keys);
    users.push(place);
    place.join({
      keys,
      needs: () => true,
      open: ({ key, release }) => {
        served.push(`${user} ${key}`);
        setImmediate(release);
      },
    });
  }
  while (users.some((place) => !place.isServed())) await turn();
  expect(new Set(served).size).toBe(9 * 70);
  expect(served).toHaveLength(9 * 70);
});

const preparing = () => {
  const begun: string[] = [];
  const finish = new Map<string, () => void>();
  const prepare = (key: string): Promise<void> =>
    new Promise((resolve) => {
      begun.push(key);
      finish.set(key, resolve);
    });
  const finished = async (key: string): Promise<void> => {
    finish.get(key)?.();
    await turn();
  };
  return { begun, prepare, finished };
};

test('keys are prepared ahead, once, and those that are ready do not wait for others', async () => {
  const { begun, prepare, finished } = preparing();
  const pool = createLanePool({ lanes: 2, prepare });
  const keys = ['A', 'B', 'C', 'D'];
  const first = await join(pool, 'first', { keys });
  expect([begun, first.open()]).toEqual([['A', 'B', 'C'], []]);
  await finished('B');
  expect(first.open()).toEqual(['B']);
  // While the first waits for A, another may go on with what is ready.
  const second = await join(pool, 'second', { keys });
  expect(second.open()).toEqual(['B']);
  expect(new Set(begun).size).toBe(begun.length);
});

test('no more are prepared than can soon be used', async () => {
  const { begun, prepare } = preparing();
  const keys = Array.from({ length: 1000 }, (_, index) => `K${index}`);
  await join(createLanePool({ lanes: 50, lanesPerKey: 6, prepare }), 'first', { keys });
  expect(begun.length).toBeLessThan(25);
});

test('what needs no preparation is not prepared', async () => {
  const { begun, prepare } = preparing();
  const pool = createLanePool({ lanes: 2, prepare });
  const first = await join(pool, 'first', { keys: ['A', 'B'], needs: () => false });
  expect([begun, first.open()]).toEqual([[], ['A', 'B']]);
});

test('it is settled when nothing is being prepared any more, whoever has left', async () => {
  const { prepare, finished } = preparing();
  const pool = createLanePool({ lanes: 1, prepare });
  const first = await join(pool, 'first', { keys: ['A'] });
  first.leave();
  let isSettled = false;
  const settling = pool.settled().then(() => (isSettled = true));
  await turn();
  expect(isSettled).toBe(false);
  await finished('A');
  await settling;
});
