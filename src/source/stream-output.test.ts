import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import type { NormalisedRecord } from '../stream/normalise.ts';
import { createStreamOutput, type StreamOutput } from './stream-output.ts';

interface Harness {
  readonly output: StreamOutput;
  readonly lines: () => readonly string[];
  readonly setState: (state: JsonObject) => void;
  readonly advance: (ms: number) => void;
}

const harness = (hasCheckpoints = true): Harness => {
  const lines: string[] = [];
  let state: JsonObject = { at: 0 };
  let now = 1000;
  const describeLine = (line: string): string => {
    const message: unknown = JSON.parse(line);
    return JSON.stringify(message)
      .replace(/.*"status":"(\w+)".*?(RATE_LIMITED)?.*/, '$1 $2')
      .trim();
  };
  const add = (text: string): Promise<void> => {
    for (const line of text.split('\n').filter((part) => part !== '')) {
      const match = /"type":"(RECORD|STATE)"/.exec(line);
      const reason = line.includes('RATE_LIMITED') ? ' rate limited' : '';
      const count = /"recordCount":(\d+)/.exec(line)?.[1] ?? '';
      lines.push(match?.[1] === undefined ? describeLine(line) + reason : `${match[1]} ${count}`.trim());
    }
    return Promise.resolve();
  };
  const output = createStreamOutput({
    name: 'contacts',
    emitter: {
      emit: (...messages) => add(messages.map((message) => JSON.stringify(message)).join('\n')),
      emitLines: (bytes) => add(Buffer.from(bytes).toString()),
      flush: () => Promise.resolve(),
      bytesWritten: () => 0,
    },
    now: () => now,
    state: () => state,
    hasCheckpoints,
  });
  return {
    output,
    lines: () => lines,
    setState: (next) => {
      state = next;
    },
    advance: (ms) => {
      now += ms;
    },
  };
};

const records = (count: number, bytes = 10): readonly NormalisedRecord[] =>
  Array.from({ length: count }, (_, index) => ({
    data: { id: String(index), x: 'x'.repeat(bytes) },
    changes: [],
  }));

describe('the messages of a stream', () => {
  test('an empty stream still runs, leaves a state and completes', async () => {
    const { output, lines } = harness();
    await output.started();
    await output.ended('COMPLETE');
    expect(lines()).toEqual(['STARTED', 'RUNNING', 'STATE 0', 'COMPLETE']);
  });

  test('the last state counts the records since the one before it', async () => {
    const { output, lines, setState } = harness();
    await output.started();
    await output.records(records(2, 10_000));
    setState({ at: 1 });
    await output.progressed();
    await output.records(records(1));
    setState({ at: 2 });
    await output.ended('COMPLETE');
    expect(lines()).toEqual([
      'STARTED',
      'RUNNING',
      'RECORD',
      'RECORD',
      'STATE 2',
      'RECORD',
      'STATE 1',
      'COMPLETE',
    ]);
  });

  test('a state is not written twice when nothing came since', async () => {
    const { output, lines, setState } = harness();
    await output.records(records(2, 10_000));
    setState({ at: 1 });
    await output.progressed();
    await output.progressed();
    await output.ended('COMPLETE');
    expect(lines().filter((line) => line.startsWith('STATE'))).toEqual(['STATE 2']);
  });

  test('states take at most two hundredths of the bytes', async () => {
    const { output, lines, setState } = harness();
    for (let page = 1; page <= 100; page += 1) {
      await output.records(records(1, 100));
      setState({ at: page, padding: 'p'.repeat(100) });
      await output.progressed();
    }
    const states = lines().filter((line) => line.startsWith('STATE')).length;
    expect(states).toBeGreaterThan(0);
    expect(states).toBeLessThanOrEqual(2);
  });

  test('after five quiet minutes a state is written whatever it costs', async () => {
    const { output, lines, setState, advance } = harness();
    setState({ at: 1, padding: 'p'.repeat(1000) });
    await output.progressed();
    expect(lines()).toEqual([]);
    advance(5 * 60_000);
    await output.progressed();
    expect(lines()).toEqual(['RUNNING', 'STATE 0']);
  });

  test('a stream without checkpoints writes its one state at the end', async () => {
    const { output, lines } = harness(false);
    await output.records(records(3, 10_000));
    await output.progressed();
    await output.ended('COMPLETE');
    expect(lines().filter((line) => line.startsWith('STATE'))).toEqual(['STATE 3']);
  });

  test('a rate limit is told once, and running again before the next record', async () => {
    const { output, lines } = harness();
    await output.started();
    await output.rateLimited(5000.5);
    await output.rateLimited(6000);
    await output.records(records(1));
    await output.ended('INCOMPLETE');
    await output.rateLimited(7000);
    expect(lines()).toEqual([
      'STARTED',
      'RUNNING',
      'RUNNING rate limited',
      'RUNNING',
      'RECORD',
      'STATE 1',
      'INCOMPLETE',
    ]);
  });
});

describe('a sign of life', () => {
  const quiet = 5 * 60_000;

  test.each([true, false])(
    'is a state after five quiet minutes, with checkpoints or without: %j',
    async (has) => {
      const { output, lines, advance } = harness(has);
      await output.started();
      advance(quiet - 1);
      await output.alive();
      expect(lines()).toEqual(['STARTED']);
      advance(1);
      await output.alive();
      expect(lines()).toEqual(['STARTED', 'RUNNING', 'STATE 0']);
    },
  );

  test('comes again after five more minutes, and not before, though the state has not changed', async () => {
    const { output, lines, advance } = harness();
    advance(quiet);
    await output.alive();
    await output.alive();
    expect(lines()).toEqual(['RUNNING', 'STATE 0']);
    advance(quiet);
    await output.alive();
    expect(lines()).toEqual(['RUNNING', 'STATE 0', 'STATE 0']);
  });

  test('is not needed where records are written', async () => {
    const { output, lines, advance } = harness();
    advance(quiet - 1);
    await output.records(records(1));
    advance(quiet - 1);
    await output.alive();
    expect(lines()).toEqual(['RUNNING', 'RECORD']);
  });

  test('counts the records before it, which the next state does not count again', async () => {
    const { output, lines, advance } = harness(false);
    await output.records(records(3));
    advance(quiet);
    await output.alive();
    await output.records(records(2));
    await output.ended('COMPLETE');
    expect(lines().filter((line) => line.startsWith('STATE'))).toEqual(['STATE 3', 'STATE 2']);
  });
});
