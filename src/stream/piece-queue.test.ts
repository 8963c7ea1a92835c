import { expect, test } from '@jest/globals';
import { createPieceQueue } from './piece-queue.ts';

test('pieces are handed out in their order, and then nothing', async () => {
  const queue = createPieceQueue(['a', 'b']);
  const first = await queue.take();
  const second = await queue.take();
  expect([first?.piece, second?.piece]).toEqual(['a', 'b']);
  first?.decided([]);
  second?.decided([]);
  expect(await queue.take()).toBeUndefined();
});

test('a lane waits while a piece may still be divided, and gets a part of it', async () => {
  const queue = createPieceQueue(['a', 'z']);
  const first = await queue.take();
  const last = await queue.take();
  last?.decided([]);
  const waiting = queue.take();
  first?.decided(['b', 'c']);
  expect((await waiting)?.piece).toBe('b');
  expect((await queue.take())?.piece).toBe('c');
});

test('a lane that waits leaves when nothing comes of the piece', async () => {
  const queue = createPieceQueue(['a']);
  const first = await queue.take();
  const waiting = queue.take();
  first?.decided([]);
  expect(await waiting).toBeUndefined();
});

test('what comes of a piece is decided once', async () => {
  const queue = createPieceQueue(['a']);
  const first = await queue.take();
  first?.decided(['b']);
  first?.decided(['c']);
  expect((await queue.take())?.piece).toBe('b');
});
