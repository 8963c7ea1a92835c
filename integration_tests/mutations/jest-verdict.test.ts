import { expect, test } from '@jest/globals';
import { jestVerdict } from './jest-verdict.ts';

const reportOf = (...testResults: readonly object[]): string => JSON.stringify({ testResults });
const passed = { status: 'passed', fullName: 'a page is read' };
const failed = { status: 'failed', fullName: 'a row is lost' };

test('a test that fails catches a mutation', () => {
  const report = reportOf({ status: 'failed', assertionResults: [passed, failed] });
  expect(jestVerdict(report)).toEqual({ kind: 'caught', after: undefined, problem: 'a row is lost' });
});

test('a mutation that no test fails for survives', () => {
  const report = reportOf({ status: 'passed', assertionResults: [passed] });
  expect(jestVerdict(report)).toEqual({ kind: 'survived', after: 0 });
});

test.each([
  [
    'a run that was killed in the middle',
    reportOf({ status: 'failed', assertionResults: [failed] }).slice(0, -5),
  ],
  ['a run that said nothing', ''],
  ['a run of no test', reportOf()],
  [
    'a file that could not be run',
    reportOf(
      { status: 'passed', assertionResults: [passed] },
      { status: 'failed', message: 'SyntaxError', assertionResults: [] },
    ),
  ],
])('it tells nothing of a mutation: %s', (_, report) => {
  expect(() => jestVerdict(report)).toThrow('jest did not run');
});
