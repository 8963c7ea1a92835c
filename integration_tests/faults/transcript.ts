import { errorsOf, parseMessages } from '../support/messages-of.ts';
import type { AttemptInputs, AttemptOutput } from './machine.ts';
import type { OpenScene } from './scene.ts';
import type { Attempt, Ending, WireFault } from './schedule.ts';

const endingOf = (ending: Ending): string => {
  if (ending.kind === 'own') return 'to its end';
  return 'afterRequests' in ending
    ? `${ending.kind} after ${ending.afterRequests} requests`
    : `${ending.kind} after ${ending.afterLines} ${ending.counting ?? 'lines'}`;
};

const exitOf = ({ exitCode, signal }: AttemptOutput): string => signal ?? `exit ${String(exitCode)}`;

const jobOf = ({ env }: AttemptInputs): string => {
  const { WORKER_JOB_ID: job, WORKER_JOB_ATTEMPT: index } = env;
  return job === undefined ? 'no job' : `job ${job}, attempt ${index ?? ''}`;
};

const countsOf = (faults: readonly WireFault[]): string => {
  const counts = new Map<WireFault, number>();
  for (const fault of faults) counts.set(fault, (counts.get(fault) ?? 0) + 1);
  return [...counts].map(([fault, times]) => `, ${times} × ${fault}`).join('');
};

const errorLines = ({ lines }: AttemptOutput): readonly string[] =>
  errorsOf(parseMessages(lines)).map(({ failure_type: type, message }) => `  ${type}: ${message}`);

const linesOf = (inputs: AttemptInputs, attempt: Attempt, output: AttemptOutput): readonly string[] => {
  const { requests, lines, faults } = output;
  return [
    `${jobOf(inputs)}, ${endingOf(attempt.ending)}: ${exitOf(output)}, ${lines.length} lines, ${requests} requests${countsOf(faults)}`,
    ...errorLines(output),
  ];
};

/** Tells of each attempt when it has ended, by HighLevel's clock. */
export const telling =
  (openScene: OpenScene, tell: (line: string) => void): OpenScene =>
  async (schedule) => {
    const scene = await openScene(schedule);
    const timeOf = (epochMs: number): string => new Date(epochMs).toISOString();
    return {
      ...scene,
      machine: {
        run: async (inputs, attempt, hooks) => {
          const began = scene.now();
          const output = await scene.machine.run(inputs, attempt, hooks);
          const [first = '', ...errors] = linesOf(inputs, attempt, output);
          tell(`${timeOf(began)} + ${Math.round((scene.now() - began) / 1000)} s  ${first}`);
          errors.forEach(tell);
          return output;
        },
      },
    };
  };
