import { fileURLToPath } from 'node:url';
import type { Report } from './report.ts';
import { type PythonRun, runPython } from './run-python.ts';

interface PytestRun extends Omit<PythonRun, 'args'> {
  /** In this folder. */
  readonly file: string;
  readonly args?: readonly string[];
}

interface TestResult {
  /** The name of a test is the statement it proves. */
  readonly statement: string;
  readonly outcome: string;
  readonly reason: string;
}

const RESULT = /^\S*::test_(.+?) (PASSED|FAILED|ERROR|SKIPPED)(?: \((.*)\))?\s+\[/;
const OPTIONS = ['-m', 'pytest', '-v', '--tb=short', '-p', 'no:cacheprovider'];
const LONGEST_TAIL = 6_000;

const resultsIn = (output: string): readonly TestResult[] =>
  output.split('\n').flatMap((line) => {
    const [, test = '', outcome = '', reason = 'pytest does not say why'] = RESULT.exec(line) ?? [];
    return outcome === '' ? [] : [{ statement: test.replaceAll('_', ' '), outcome, reason }];
  });

const tellOf = (report: Report, { statement, outcome, reason }: TestResult): void => {
  if (outcome === 'PASSED') report.held(statement);
  else if (outcome === 'SKIPPED') report.skipped(statement, reason);
  else report.broken(statement, 'pytest says below why');
};

/** Tells of each test of the file what came of it. */
export const runPytest = async (report: Report, { file, args = [], ...run }: PytestRun): Promise<void> => {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { exitCode, output } = await runPython({
    ...run,
    args: [...OPTIONS, `--rootdir=${run.folder}`, ...args, path],
  });
  const results = resultsIn(output);
  for (const result of results) tellOf(report, result);
  if (exitCode !== 0) report.broken(`${file} passes`, output.slice(-LONGEST_TAIL));
  else if (results.length === 0) report.broken(`${file} has tests`, output.slice(-LONGEST_TAIL));
};
