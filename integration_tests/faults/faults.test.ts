import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { discoverAll } from './discover.ts';
import { play } from './play.ts';
import { readSchedule } from './read-schedule.ts';
import { safely } from './safely.ts';
import type { Attempt, Schedule } from './schedule.ts';
import {
  dropControl,
  dropRecord,
  exitWithZero,
  hideErrors,
  stateFirst,
  type Tamper,
  tampering,
} from './tampering.ts';
import { arbitraryOf, samplingOf, scheduleOf, type Task } from './task.ts';

const SCHEDULES = 60;
const REGRESSIONS = new URL('regressions/', import.meta.url);

const discovered = await discoverAll();
const regressions = await Promise.all(
  (await readdir(REGRESSIONS))
    .filter((file) => file.endsWith('.json'))
    .map((file) => readSchedule(fileURLToPath(new URL(file, REGRESSIONS)))),
);

const taskOf = (seed: number): Task => ({ place: 'in process', seed, mayShrink: false });

const calmly: Attempt = { ending: { kind: 'own' }, stalls: [], wire: [], interruptions: [], pauseMs: 0 };
const uneventful: Schedule = {
  seed: 1,
  signIn: 'oauth',
  locations: 2,
  rows: 60,
  pageSize: 20,
  indexLagMs: 0,
  quota: 'off',
  clockOffsetMs: 0,
  streams: [{ stream: 0, mode: 'incremental' }],
  rounds: [{ pauseMs: 0, events: [], settings: [], attempts: [calmly], hasJob: true }],
};
const withAttempt = (attempt: Partial<Attempt>): Schedule => ({
  ...uneventful,
  rounds: uneventful.rounds.map((round) => ({ ...round, attempts: [{ ...calmly, ...attempt }] })),
});
const killed = withAttempt({ ending: { kind: 'kill', afterLines: 70 } });
const refused = withAttempt({ wire: [{ fault: 'error', nth: 1, count: 100 }] });

test('a fixed set of schedules plays without a problem', async () => {
  const failed: string[] = [];
  for (let seed = 1; seed <= SCHEDULES; seed += 1) {
    const { problems } = await safely(() => play(scheduleOf(taskOf(seed)), discovered));
    failed.push(...problems.map((problem) => `seed ${seed}: ${problem}`));
  }
  expect(failed).toEqual([]);
}, 300_000);

test.each(regressions)('what was found stays mended: $name', async ({ schedule }) => {
  const { problems } = await play(schedule, discovered);
  expect(problems).toEqual([]);
});

test.each([
  ['nothing happens', uneventful],
  ['the process is killed', killed],
  ['no request succeeds for a while', refused],
])('no problem is found where there is none: %s', async (_, schedule) => {
  expect((await play(schedule, discovered)).problems).toEqual([]);
});

const MISTAKES: readonly (readonly [string, Tamper, Schedule, RegExp])[] = [
  ['loses a record', dropRecord, uneventful, /contacts \S+ of \S+ .* is missing/],
  ['emits a state before its records', stateFirst, killed, /contacts \S+ of \S+ .* is missing/],
  ['keeps new tokens to itself', dropControl, uneventful, /the refresh token that is kept is not the newest/],
  ['exits with 0 after an error', exitWithZero, refused, /exits with 0 after an error/],
  ['exits with 0 without a word about an error', hideErrors, refused, /not complete, but it exits with 0/],
];

test.each(MISTAKES)('a connector is found out that %s', async (_, tamper, schedule, problem) => {
  const { problems } = await play(schedule, discovered, tampering(tamper));
  expect(problems[0]).toMatch(problem);
});

test('a schedule that throws has a problem', async () => {
  const openScene = () => Promise.reject(new Error('Standstill'));
  const { problems } = await safely(() => play(uneventful, discovered, openScene));
  expect(problems[0]).toContain('it throws Error: Standstill');
});

test('a property with a seed begins with the schedule of that seed', () => {
  const tried: Schedule[] = [];
  const property = fc.property(arbitraryOf(taskOf(7)), (schedule) => void tried.push(schedule));
  fc.check(property, samplingOf(taskOf(7)));
  expect(tried).toEqual([scheduleOf(taskOf(7))]);
});

test('a schedule is the same after it was written to a file', () => {
  const schedules = Array.from({ length: 20 }, (_, seed) => scheduleOf(taskOf(seed)));
  expect(JSON.parse(JSON.stringify(schedules))).toEqual(schedules);
});
