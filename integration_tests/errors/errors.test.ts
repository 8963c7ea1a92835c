import { describe, expect, test } from '@jest/globals';
import { errorTables } from '../../scripts/docs/error-tables.ts';
import { ConnectorError, type FailureType, type Reach } from '../../src/foundation/errors.ts';
import type { ErrorEntry } from '../../src/foundation/error-table.ts';
import type { ConnectorOutput } from '../support/run-connector.ts';
import { parseMessages } from '../support/messages-of.ts';
import { authProvocations } from './auth-provocations.ts';
import { httpProvocations } from './http-provocations.ts';
import { inputProvocations } from './input-provocations.ts';
import type { Provocation } from './provocation.ts';
import { sourceProvocations } from './source-provocations.ts';
import { streamProvocations } from './stream-provocations.ts';

const provocations: Readonly<Record<string, Provocation>> = {
  ...authProvocations,
  ...httpProvocations,
  ...inputProvocations,
  ...sourceProvocations,
  ...streamProvocations,
};

const entries = Object.values(errorTables).flatMap((table) => Object.entries<ErrorEntry>(table));

const outcomeOf = async (provoke: Provocation): Promise<unknown> => {
  try {
    return await provoke();
  } catch (thrown) {
    return thrown;
  }
};

const isRun = (outcome: unknown): outcome is ConnectorOutput =>
  typeof outcome === 'object' && outcome !== null && 'lines' in outcome;

interface Told {
  readonly code: string | undefined;
  readonly type: FailureType;
  /** As it should be, where a run does not tell. */
  readonly reach: Reach;
  readonly message: string;
}

const CODE = /\[([a-z_]+)\]/g;

const codesIn = (text: string): readonly string[] => [...text.matchAll(CODE)].map(([, code = '']) => code);

/** The errors that a run has printed, be it as traces or as the answer of a check. */
const printedBy = ({ lines }: ConnectorOutput, entry: ErrorEntry): readonly Told[] =>
  parseMessages(lines).flatMap((message): readonly Told[] => {
    const { reach } = entry;
    if (message.type === 'CONNECTION_STATUS') {
      const { connectionStatus: status } = message;
      const text = status.status === 'FAILED' ? status.message : '';
      return codesIn(text).map((code) => ({ code, type: entry.type, reach, message: text }));
    }
    if (message.type !== 'TRACE' || message.trace.type !== 'ERROR') return [];
    const { message: text, failure_type: type, internal_message: details = '' } = message.trace.error;
    return codesIn(details).map((code) => ({ code, type, reach, message: text }));
  });

const toldBy = (outcome: unknown, entry: ErrorEntry): readonly Told[] => {
  if (isRun(outcome)) return printedBy(outcome, entry);
  if (!(outcome instanceof ConnectorError)) throw new Error('Nothing went wrong.', { cause: outcome });
  const { code, failureType: type, reach, message } = outcome;
  return [{ code, type, reach, message }];
};

/** What the code's message says for sure, whatever is filled in. */
const wording = (message: string): RegExp =>
  new RegExp(
    message
      .split(/\{\w+\}/)
      .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
    's',
  );

describe('the error', () => {
  test.each(entries)('%s comes when it should, and says what it should', async (code, entry) => {
    const outcome = await outcomeOf(provocations[code] ?? (() => 'not provoked'));
    expect(toldBy(outcome, entry)).toContainEqual({
      code,
      type: entry.type,
      reach: entry.reach,
      message: expect.stringMatching(wording(entry.message)),
    });
  });

  test('has a code of its own', () => {
    const codes = entries.map(([code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.filter((code) => !/^[a-z]+(_[a-z]+)*$/.test(code))).toStrictEqual([]);
  });

  test('keeps no place in its message unfilled', async () => {
    const outcomes = await Promise.all(Object.values(provocations).map((provoke) => outcomeOf(provoke)));
    const messages = outcomes.flatMap((outcome) => (outcome instanceof Error ? [outcome.message] : []));
    expect(messages.filter((message) => /\{[a-z]+\}/i.test(message))).toStrictEqual([]);
  });
});
