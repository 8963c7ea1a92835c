import { describe, expect, test } from '@jest/globals';
import { collect, eventsOf } from './doubles/collect-events.ts';
import { fullRefreshOf, fullRefreshState, onceAJob } from './full-refresh.ts';

const DONE = fullRefreshState('j1', { done: true });

describe('what a full refresh left', () => {
  test('is taken up by the same job only', () => {
    expect(fullRefreshOf(DONE, 'j1')).toEqual({ job: 'j1', done: true });
    expect(fullRefreshOf(DONE, 'j2')).toBeUndefined();
    expect(fullRefreshOf(DONE, undefined)).toBeUndefined();
    expect(fullRefreshOf({ full_refresh: { done: true } }, undefined)).toBeUndefined();
    expect(fullRefreshOf({ updated_at: 'x' }, 'j1')).toBeUndefined();
    expect(fullRefreshOf({ full_refresh: 'j1' }, 'j1')).toBeUndefined();
    expect(fullRefreshOf(undefined, 'j1')).toBeUndefined();
  });
});

describe('a location that is read once a job', () => {
  let reads = 0;
  const run = (state: Parameters<typeof onceAJob>[1], job: string | undefined) => {
    reads = 0;
    const all = () => {
      reads += 1;
      return eventsOf({ kind: 'rows', rows: [{ id: 'a' }] });
    };
    return collect(onceAJob(all, state, job));
  };

  test('is done behind its rows', async () => {
    const { trace, state } = await run(undefined, 'j1');
    expect(trace).toEqual(['rows a', 'checkpoint']);
    expect(state).toEqual(DONE);
  });

  test('is left out when the same job has read it', async () => {
    expect([(await run(DONE, 'j1')).trace, reads]).toEqual([[], 0]);
  });

  test('is read by another job, and when it was not done', async () => {
    expect((await run(DONE, 'j2')).ids).toEqual(['a']);
    expect((await run(fullRefreshState('j1', {}), 'j1')).ids).toEqual(['a']);
  });

  test('leaves nothing where there is no job', async () => {
    expect((await run(DONE, undefined)).trace).toEqual(['rows a']);
  });
});
