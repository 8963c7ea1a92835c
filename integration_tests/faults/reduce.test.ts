import { expect, test } from '@jest/globals';
import { reduce } from './reduce.ts';
import type { Attempt, Schedule } from './schedule.ts';

const killed: Attempt = {
  ending: { kind: 'kill', afterLines: 3 },
  stalls: [{ afterLines: 2, ms: 1000 }],
  wire: [
    { fault: 'html', nth: 1, count: 4 },
    { fault: 'cut', nth: 2, count: 1 },
  ],
  interruptions: [{ nth: 3, event: { kind: 'expire_tokens' } }],
  pauseMs: 0,
};
const round = {
  pauseMs: 0,
  events: [{ kind: 'add_location' as const }],
  settings: [],
  attempts: [killed],
  hasJob: true,
};
const schedule: Schedule = {
  seed: 1,
  signIn: 'private',
  locations: 3,
  rows: 12,
  pageSize: 8,
  indexLagMs: 5000,
  quota: 'real',
  clockOffsetMs: 90_000,
  streams: [
    { stream: 0, mode: 'incremental' },
    { stream: 1, mode: 'full_refresh' },
  ],
  rounds: [round, round],
};
const always = (): boolean => true;
const needsHtml = ({ rounds, pageSize }: Schedule): boolean =>
  pageSize !== undefined &&
  rounds.some(({ attempts }) => attempts.some(({ wire }) => wire.some(({ fault }) => fault === 'html')));

test('what a schedule needs to fail is left, and nothing else', async () => {
  const fails = (candidate: Schedule) => Promise.resolve(needsHtml(candidate));
  const reduced = await reduce(schedule, { fails, hasTime: always });
  const html = { fault: 'html', nth: 1, count: 1 };
  const attempt = { ending: { kind: 'own' }, stalls: [], wire: [html], interruptions: [], pauseMs: 0 };
  expect(reduced).toEqual({
    ...schedule,
    signIn: 'oauth',
    locations: 1,
    indexLagMs: 0,
    quota: 'off',
    clockOffsetMs: 0,
    streams: [{ stream: 1, mode: 'full_refresh' }],
    rounds: [{ ...round, events: [], attempts: [attempt] }],
  });
});

test('a schedule that only fails as it is stays as it is', async () => {
  const fails = () => Promise.resolve(false);
  expect(await reduce(schedule, { fails, hasTime: always })).toEqual(schedule);
});

test('without time nothing is tried', async () => {
  const fails = () => Promise.reject(new Error('tried'));
  expect(await reduce(schedule, { fails, hasTime: () => false })).toEqual(schedule);
});
