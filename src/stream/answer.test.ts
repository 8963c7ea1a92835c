import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { createByteBudget } from '../foundation/byte-budget.ts';
import type { HttpResponse } from '../http/client.ts';
import type { Room } from '../http/room.ts';
import { holdAnswer } from './answer.ts';
import { createFakeContext } from './doubles/fake-context.ts';
import type { ReadContext } from './read-context.ts';

const MIB = 1024 * 1024;
const CHUNK_BYTES = 64 * 1024;
const LIMIT_BYTES = 8 * MIB;

const contextOf = (): ReadContext =>
  createFakeContext({ answer: () => null, budget: createByteBudget(LIMIT_BYTES) }).context;

interface Line {
  /** Sends an answer of so many bytes, piece by piece, as a client does. */
  readonly send: (weight: number) => (room: Room) => Promise<HttpResponse>;
  readonly keep: (bytes: number) => void;
  readonly mostBytes: () => number;
  readonly sent: () => number;
}

/** Counts the bytes that have come and were not given back. */
const createLine = (): Line => {
  let inMemory = 0;
  let mostBytes = 0;
  let sent = 0;
  const keep = (bytes: number): void => {
    inMemory += bytes;
    mostBytes = Math.max(mostBytes, inMemory);
  };
  return {
    keep,
    mostBytes: () => mostBytes,
    sent: () => sent,
    send: (weight) => async (room) => {
      const { grow } = await room.take();
      sent += 1;
      const response = { status: 200, headers: {}, body: null };
      for (let bytes = 0; bytes < weight; bytes += CHUNK_BYTES) {
        await nextTurn();
        if (!grow(bytes + CHUNK_BYTES)) {
          keep(-bytes);
          return { ...response, sizeBytes: bytes + CHUNK_BYTES, isBrokenOff: true };
        }
        keep(CHUNK_BYTES);
      }
      return { ...response, sizeBytes: weight };
    },
  };
};

test('answers that are much larger than those before them never exceed the budget together', async () => {
  const context = contextOf();
  const line = createLine();
  // As empty pages leave it, which end the reading of every location.
  context.pages.keepBytes('contacts', 1);
  const weights = Array.from({ length: 20 }, () => 5 * MIB);
  const answers = weights.map(async (weight) => {
    const { response, release } = await holdAnswer(context, 'contacts', line.send(weight));
    expect(response).toMatchObject({ sizeBytes: weight });
    expect(response.isBrokenOff).toBeUndefined();
    await nextTurn();
    line.keep(-weight);
    release();
  });
  await Promise.all(answers);
  expect(line.mostBytes()).toBeLessThanOrEqual(LIMIT_BYTES);
  // Each three times at most.
  expect(line.sent()).toBeLessThanOrEqual(60);
});

test('one answer that is larger than the whole budget comes when it is alone', async () => {
  const context = contextOf();
  const line = createLine();
  const other = await holdAnswer(context, 'contacts', line.send(MIB));
  const huge = holdAnswer(context, 'contacts', line.send(20 * MIB));
  for (let turn = 0; turn < 1_000; turn += 1) await nextTurn();
  other.release();
  expect((await huge).response.sizeBytes).toBe(20 * MIB);
  expect(line.sent()).toBe(3);
});

test('a request that fails after its answer was broken off gives its share back', async () => {
  const { context, held } = createFakeContext({ answer: () => null, budget: createByteBudget(LIMIT_BYTES) });
  const answers = [
    () => Promise.resolve({ status: 200, headers: {}, body: null, sizeBytes: 9, isBrokenOff: true }),
    () => Promise.reject(new Error('gone')),
  ];
  const send = async (room: Room): Promise<HttpResponse> => {
    await room.take();
    return answers.shift()?.() ?? Promise.reject(new Error('asked too often'));
  };
  await expect(holdAnswer(context, 'contacts', send)).rejects.toThrow('gone');
  expect(held()).toBe(0);
});
