import { expect, test } from '@jest/globals';
import { openAsProcess } from './as-process.ts';
import { discoverAll } from './discover.ts';
import { play } from './play.ts';
import type { Attempt, Ending, Schedule } from './schedule.ts';

/** Each plays half a dozen processes, one after the other. */
const TIMEOUT_MS = 120_000;

const discovered = await discoverAll();

const attemptOf = (attempt: Partial<Attempt>): Attempt => ({
  ending: { kind: 'own' },
  stalls: [],
  wire: [],
  interruptions: [],
  pauseMs: 0,
  ...attempt,
});
const scheduleOf = (...attempts: readonly Attempt[]): Schedule => ({
  seed: 1,
  signIn: 'oauth',
  locations: 2,
  rows: 200,
  pageSize: undefined,
  indexLagMs: 0,
  quota: 'off',
  clockOffsetMs: 0,
  streams: [{ stream: 0, mode: 'incremental' }],
  rounds: [{ pauseMs: 0, events: [], settings: [], attempts, hasJob: true }],
});
/** The reader stalls at the end, so that the process is still there. */
const endedBy = (kind: Exclude<Ending['kind'], 'own'>): Attempt =>
  attemptOf({ ending: { kind, afterLines: 20 }, stalls: [{ afterLines: 20, ms: 50 }] });

test(
  'a real process is killed, stopped, and left by its reader, and nothing is lost',
  async () => {
    const schedule = scheduleOf(endedBy('kill'), endedBy('terminate'), endedBy('close'));
    const { problems, done, attempts } = await play(schedule, discovered, openAsProcess);
    expect(problems).toEqual([]);
    expect(attempts).toBeGreaterThanOrEqual(4);
    expect(done.get('kill')).toBe(1);
  },
  TIMEOUT_MS,
);

test(
  'answers over a real socket are disturbed as the schedule says, and the world changes between them',
  async () => {
    const wire = [
      { fault: 'cut', nth: 2, count: 1 },
      { fault: 'lost', nth: 4, count: 1 },
    ] as const;
    const interruptions = [{ nth: 3, event: { kind: 'expire_tokens' } }] as const;
    const schedule = scheduleOf(attemptOf({ wire, interruptions }));
    const { problems, done } = await play(schedule, discovered, openAsProcess);
    expect(problems).toEqual([]);
    expect(Object.fromEntries(done)).toMatchObject({ cut: 1, lost: 1, expire_tokens: 1 });
  },
  TIMEOUT_MS,
);
