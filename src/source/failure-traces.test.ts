import { describe, expect, test } from '@jest/globals';
import { configError, systemError, transientError } from '../foundation/errors.ts';
import { inOrder, summariseFailures, toErrorTrace } from './failure-traces.ts';

const refused = (locationId: string) => ({
  locationId,
  error: configError('The location does not let the token in.', { access: 'refused' }),
});

describe('the failures of a stream', () => {
  test('locations with the same reason share a sentence', () => {
    const [failure, ...more] = summariseFailures('contacts', [refused('A'), refused('B')], { total: 9 });
    expect(more).toEqual([]);
    expect(failure?.error.message).toBe(
      '2 of 9 locations could not be read for contacts. A, B: The location does not let the token in.',
    );
  });

  test('each failure type is told apart, because it decides about the retry', () => {
    const failures = summariseFailures(
      'contacts',
      [refused('A'), { locationId: 'B', error: transientError('No answer.') }],
      { total: 2 },
    );
    expect(failures.map(({ error }) => error.failureType)).toEqual(['transient_error', 'config_error']);
  });

  test('a long list of locations is cut', () => {
    const many = Array.from({ length: 50 }, (_, index) => refused(`L${index}`));
    expect(summariseFailures('contacts', many, { total: 50 })[0]?.error.message).toContain(
      'L19 and 30 more:',
    );
  });
});

test('transient failures come first: the platform decides by the earliest', () => {
  const failures = [configError('c'), systemError('s'), transientError('t')].map((error) => ({
    error,
    streamName: undefined,
  }));
  expect(inOrder(failures).map(({ error }) => error.message)).toEqual(['t', 's', 'c']);
});

test('the stack is that of what went wrong first, however often it was passed on', () => {
  const bug = new TypeError('x is not a function');
  const passedOn = systemError('Something went wrong.', { cause: bug });
  const error = systemError('1 of 1 locations could not be read.', { cause: passedOn });
  const trace = toErrorTrace({ error, streamName: undefined }, 7, (text) => text);
  expect(trace).toMatchObject({ trace: { error: { stack_trace: bug.stack } } });
});

test('a trace names its stream and hides secrets', () => {
  const error = systemError('token hush', { internalMessage: 'GET /x hush' });
  const trace = toErrorTrace({ error, streamName: 'contacts' }, 7, (text) => text.replaceAll('hush', '****'));
  expect(trace).toEqual({
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: 7,
      error: {
        message: 'token ****',
        internal_message: 'GET /x ****',
        failure_type: 'system_error',
        stream_descriptor: { name: 'contacts' },
      },
    },
  });
});

test('a stack keeps its lines, each by itself without secrets', () => {
  const cause = new Error('hush');
  cause.stack = 'Error: hush\n    at hush (main.js:1)';
  const { trace } = toErrorTrace({ error: systemError('x', { cause }), streamName: undefined }, 7, (text) =>
    text.replaceAll('hush', '****').replaceAll('\n', ' '),
  );
  expect(trace).toMatchObject({ error: { stack_trace: 'Error: ****\n    at **** (main.js:1)' } });
});
