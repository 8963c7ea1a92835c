import type { Report } from './carry-out.ts';

const commandOf = ({ task: { place, seed } }: Report): string =>
  place === 'in process'
    ? `npm run test:faults -- --schedules 1 --seed ${seed}`
    : `npm run test:faults -- --schedules 0 --processes 1 --seed ${seed}`;

/** What a person needs to go on from a failure. */
export const failureLines = (report: Report): readonly string[] => {
  const { task, problems, shrunk } = report;
  if (problems.length === 0) return [];
  return [
    `FAILED seed ${task.seed}, ${task.place}: ${problems[0] ?? ''}`,
    `  to play it again: ${commandOf(report)}`,
    ...(shrunk === undefined ? [] : [`  shrunk: ${JSON.stringify(shrunk)}`]),
  ];
};
