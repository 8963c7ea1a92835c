import { expect, test } from '@jest/globals';
import type { Costs } from '../http/meter.ts';
import { createProgress, type LiveLine } from './progress.ts';

const createTerminal = () => {
  const written: string[] = [];
  let live = '';
  const line: LiveLine = Object.assign(
    (text: string) => {
      live = text;
    },
    {
      persist: (text: string) => {
        written.push(text);
      },
      clear: () => {
        live = '';
      },
    },
  );
  return { line, written, live: () => live };
};

const start = () => {
  const terminal = createTerminal();
  let now = 0;
  let costs: Costs = { requests: 0, retries: 0, quotaMs: 0, backoffMs: 0 };
  const progress = createProgress({ line: terminal.line, now: () => now });
  progress.syncStarted(() => ({ costs, allowedPerSecond: 10 }));
  return {
    ...{ terminal, progress },
    pass: (milliseconds: number, requests: number) => {
      now += milliseconds;
      costs = { ...costs, requests: costs.requests + requests };
    },
  };
};

test('a stream is told of while it is read, and in one line for good when it has ended', () => {
  const { terminal, progress, pass } = start();
  progress.draw();
  expect(terminal.live()).toBe('');
  const contacts = progress.streamStarted({ name: 'contacts', locations: 2 });
  contacts.locationStarted('A');
  contacts.locationStarted('B');
  contacts.rowsExpected(900);
  contacts.rowsWritten(100);
  pass(1000, 10);
  progress.draw();
  expect(terminal.live()).toBe(
    'contacts  0/2 locations, 100 of 900 rows, 100 rows/s, 8.0 s left\n' +
      '10.0 requests/s, 50 % of the quota of 2 locations',
  );
  contacts.locationEnded('A');
  pass(1000, 0);
  progress.draw();
  expect(terminal.live()).toContain('1/2 locations');
  contacts.ended('contacts: 900 rows');
  expect([terminal.live(), terminal.written]).toEqual(['', ['contacts: 900 rows']]);
  progress.draw();
  expect(terminal.live()).toBe('');
});

test('streams that are read at once have a line each, and share a quota where they read the same location', () => {
  const { terminal, progress, pass } = start();
  const contacts = progress.streamStarted({ name: 'contacts', locations: 2 });
  const tags = progress.streamStarted({ name: 'tags', locations: 2 });
  for (const stream of [contacts, tags]) stream.locationStarted('A');
  contacts.rowsWritten(10);
  tags.rowsWritten(20);
  pass(1000, 8);
  progress.draw();
  expect(terminal.live().split('\n')).toEqual([
    'contacts  0/2 locations, 10 rows, 10 rows/s',
    'tags  0/2 locations, 20 rows, 20 rows/s',
    '8.0 requests/s, 80 % of the quota of 1 location',
  ]);
  contacts.ended('contacts: 10 rows');
  progress.draw();
  expect(terminal.live().split('\n')).toHaveLength(2);
});

test('rates are of the last seconds, and each stream has its own', () => {
  const { terminal, progress, pass } = start();
  const contacts = progress.streamStarted({ name: 'contacts', locations: 1 });
  contacts.rowsWritten(100_000);
  for (let second = 0; second < 20; second += 1) {
    contacts.rowsWritten(10);
    pass(1000, 1);
    progress.draw();
  }
  expect(terminal.live()).toContain(', 10 rows/s');
  expect(terminal.live()).toContain('1.0 requests/s');
  contacts.ended('contacts: done');
  progress.streamStarted({ name: 'tags', locations: 1 });
  progress.draw();
  expect(terminal.live()).toBe('tags  0/1 location, 0 rows, 0 rows/s\n1.0 requests/s');
});
