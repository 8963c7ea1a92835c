import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';
import type { Verdict } from './hunt.ts';

const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  isJsonArray(value) ? value.filter(isJsonObject) : [];

const isFailed = (result: JsonObject): boolean => result['status'] === 'failed';

/** The whole report, or nothing of it: a run that was killed leaves half a report. */
const parsed = (text: string): JsonValue => {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return null;
  }
};

/**
 * What a report of `jest --json` says of the mutation. Only a test that ran and failed counts.
 * @throws Error when there is no whole report, when no test ran, or when a test file could not be run
 */
export const jestVerdict = (report: string): Verdict => {
  const json = parsed(report);
  const files = isJsonObject(json) ? objectsIn(json['testResults']) : [];
  const tests = files.flatMap((file) => objectsIn(file['assertionResults']));
  const broken = files.find((file) => isFailed(file) && !objectsIn(file['assertionResults']).some(isFailed));
  if (tests.length === 0 || broken !== undefined)
    throw new Error(`jest did not run: ${(broken && textAt(broken, 'message')) ?? report.slice(-1000)}`);
  const failed = tests.find(isFailed);
  return failed === undefined
    ? { kind: 'survived', after: 0 }
    : { kind: 'caught', after: undefined, problem: textAt(failed, 'fullName') ?? 'a test without a name' };
};
