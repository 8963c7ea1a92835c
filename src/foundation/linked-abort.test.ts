import { expect, test } from '@jest/globals';
import { linkedAbort } from './linked-abort.ts';

test('ends with the whole, for the same reason', () => {
  const whole = new AbortController();
  const { signal } = linkedAbort(whole.signal);
  expect(signal.aborted).toBe(false);
  whole.abort('stop');
  expect([signal.aborted, signal.reason]).toEqual([true, 'stop']);
});

test('has ended when the whole has', () => {
  expect(linkedAbort(AbortSignal.abort('over')).signal).toMatchObject({ aborted: true, reason: 'over' });
});

test('ends before the whole without ending it', () => {
  const whole = new AbortController();
  const { signal, abort } = linkedAbort(whole.signal);
  abort('enough');
  expect([signal.reason, whole.signal.aborted]).toEqual(['enough', false]);
});

test('hears nothing of the whole once it has let go', () => {
  const whole = new AbortController();
  const { signal, unlink } = linkedAbort(whole.signal);
  unlink();
  whole.abort('stop');
  expect(signal.aborted).toBe(false);
});
