import type { Attempt, Round, Schedule } from './schedule.ts';

const eachLess = <T>(list: readonly T[]): readonly (readonly T[])[] =>
  list.map((_, index) => list.toSpliced(index, 1));

const eachChanged = <T>(list: readonly T[], change: (item: T) => readonly T[]): readonly (readonly T[])[] =>
  list.flatMap((item, index) => change(item).map((changed) => list.toSpliced(index, 1, changed)));

const lesserAttempts = (attempt: Attempt): readonly Attempt[] => [
  ...(attempt.ending.kind === 'own' ? [] : [{ ...attempt, ending: { kind: 'own' as const } }]),
  ...eachLess(attempt.wire).map((wire) => ({ ...attempt, wire })),
  ...eachLess(attempt.interruptions).map((interruptions) => ({ ...attempt, interruptions })),
  ...eachLess(attempt.meanwhile ?? []).map((meanwhile) => ({ ...attempt, meanwhile })),
  ...eachLess(attempt.stalls).map((stalls) => ({ ...attempt, stalls })),
  ...eachChanged(attempt.wire, (one) => (one.count > 1 ? [{ ...one, count: 1 }] : [])).map((wire) => ({
    ...attempt,
    wire,
  })),
];

const lesserRounds = (round: Round): readonly Round[] => [
  ...eachLess(round.attempts).map((attempts) => ({ ...round, attempts })),
  ...eachLess(round.events).map((events) => ({ ...round, events })),
  ...eachLess(round.settings).map((settings) => ({ ...round, settings })),
  ...eachChanged(round.attempts, lesserAttempts).map((attempts) => ({ ...round, attempts })),
];

const PLAIN = {
  signIn: 'oauth',
  locations: 1,
  pageSize: undefined,
  indexLagMs: 0,
  quota: 'off',
  clockOffsetMs: 0,
  foundRows: 'indexed',
  descentOrder: 'newest_first',
} as const satisfies Partial<Schedule>;

const plainer = (schedule: Schedule): readonly Schedule[] =>
  Object.entries(PLAIN)
    // What a schedule does not say is plain already.
    .filter(([name]) => name in schedule)
    .map(([name, value]) => ({ ...schedule, [name]: value }))
    .filter((candidate) => JSON.stringify(candidate) !== JSON.stringify(schedule));

/** Schedules that lack one thing of the given one, the large things first. */
const lesserSchedules = (schedule: Schedule): readonly Schedule[] => [
  ...eachLess(schedule.rounds).map((rounds) => ({ ...schedule, rounds })),
  ...(schedule.streams.length === 1
    ? []
    : eachLess(schedule.streams).map((streams) => ({ ...schedule, streams }))),
  ...plainer(schedule),
  ...eachChanged(schedule.rounds, lesserRounds).map((rounds) => ({ ...schedule, rounds })),
];

interface ReduceOptions {
  readonly fails: (schedule: Schedule) => Promise<boolean>;
  readonly hasTime: () => boolean;
}

/** Takes away one thing after the other for as long as it still fails. */
export const reduce = async (schedule: Schedule, { fails, hasTime }: ReduceOptions): Promise<Schedule> => {
  for (const lesser of lesserSchedules(schedule)) {
    if (!hasTime()) return schedule;
    if (await fails(lesser)) return reduce(lesser, { fails, hasTime });
  }
  return schedule;
};
