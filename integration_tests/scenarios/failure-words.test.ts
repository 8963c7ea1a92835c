import { describe, expect, test } from '@jest/globals';
import { textAt } from '../../src/foundation/json.ts';
import { type SyncMode } from '../../src/protocol/messages.ts';
import type { FaultAnswer } from '../simulator/faults.ts';
import { connect, type Run } from '../support/connection.ts';
import { isSearch, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { messagesOf } from '../support/messages-of.ts';

const CONTACTS: Readonly<Record<string, SyncMode>> = { contacts: 'incremental' };
const TRACE = '0f7d3b0e-5b8a-4c53-9f5b-4f2a0c0e1a01';

const says = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): FaultAnswer => ({
  kind: 'response',
  response: () => Response.json({ statusCode: status, message, traceId: TRACE }, { status, headers }),
});

/** Waits between attempts are cut short, so that giving up takes no time. */
const IMPATIENT = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent('Math.random = () => 0;')}`,
};

const infoOf = (run: Run): readonly string[] =>
  messagesOf(run.messages, 'LOG')
    .filter(({ log }) => log.level === 'INFO')
    .map(({ log }) => log.message);

const SCOPE = 'The token is not authorized for this scope.';
const DAILY = { 'x-ratelimit-limit-daily': '200000', 'x-ratelimit-daily-remaining': '0' };

describe('the error of a search that ends with', () => {
  test.each<[string, FaultAnswer, RegExp]>([
    ['401', says(401, 'Invalid JWT'), new RegExp(`→ 401, traceId ${TRACE}, 2 attempts`)],
    ['a missing scope', says(401, SCOPE), new RegExp(`→ 401, traceId ${TRACE}, 1 attempt`)],
    ['403', says(403, 'Forbidden resource'), new RegExp(`→ 403, traceId ${TRACE}, 1 attempt`)],
    ['404', says(404, 'Not found'), new RegExp(`→ 404, traceId ${TRACE}, 1 attempt`)],
    ['422', says(422, 'limit must be a number'), new RegExp(`→ 422, traceId ${TRACE}, \\d attempt`)],
    [
      'no quota left for the day',
      says(429, 'Too Many Requests', DAILY),
      new RegExp(`→ 429, traceId ${TRACE}; daily quota of \\w+, 1 attempt`),
    ],
    [
      'a quota that stays used up',
      says(429, 'Too Many Requests', { 'retry-after': '0' }),
      new RegExp(`→ 429, traceId ${TRACE}, 21 attempts`),
    ],
    ['a page of the edge', { kind: 'html', status: 502 }, /→ 502, traceId none, \d attempts/],
    ['a reset connection', { kind: 'reset' }, /: (ECONNRESET|no code).*, \d attempts/],
    ['half an answer', { kind: 'cut', afterBytes: 100 }, /, \d attempts/],
    ['half of the JSON', { kind: 'malformed' }, /→ 200, \d+ bytes of JSON that cannot be read, \d attempts/],
  ])('%s names the stream, the location, the request and the attempts', async (_, answer, details) => {
    const highLevel = await startHighLevel();
    highLevel.simulator.faults.add({ matches: isSearch('contacts'), answer });
    const run = await connect(highLevel).read(CONTACTS, { env: IMPATIENT });
    const [error] = run.errors;
    expect(error?.stream_descriptor?.name).toBe('contacts');
    expect(error?.message).toMatch(/contacts|token/);
    const { internal_message: internal = '' } = error ?? {};
    expect(internal).toMatch(/^\[[a-z_]+\] /);
    expect(internal).toMatch(
      new RegExp(`${onlyLocation(highLevel)}: (\\[[a-z_]+\\] )?POST /contacts/search`),
    );
    expect(internal).toMatch(details);
  });
});

describe('the last lines of a sync', () => {
  test('tell what came and what it took', async () => {
    const highLevel = await startHighLevel({ locations: 2, knobs: { silentPageSize: 2 } });
    highLevel.simulator.faults.add({
      matches: isSearch('contacts'),
      nth: 1,
      answer: { kind: 'html', status: 502 },
    });
    const selection = { contacts: 'incremental', locations: 'full_refresh' } as const;
    const run = await connect(highLevel).read(selection, { env: IMPATIENT });
    const lines = infoOf(run).slice(-3);
    const newest = run
      .records('contacts')
      .map((row) => textAt(row, 'date_updated') ?? '')
      .sort()
      .at(-1);
    expect(lines).toStrictEqual([
      expect.stringMatching(
        /^contacts: 12 rows \(12 ids of 12 that HighLevel counts\) of 2 locations in \d\.\d s; \d+ requests, 1 retry, /,
      ),
      expect.stringMatching(/^locations: 2 rows of 2 locations in \d\.\d s; \d+ requests?, 0 retries$/),
      expect.stringMatching(/^Sync: 14 rows of 2 streams in \d\.\d s; \d+ requests, 1 retry/),
    ]);
    expect(lines[0]).toContain(`newest ${String(newest)}`);
    const sent = Number(/(\d+) requests/.exec(lines[2] ?? '')?.[1]);
    expect(sent).toBe(run.calls.length);
  });

  test('tell of locations that failed and were skipped', async () => {
    const highLevel = await startHighLevel({ locations: 12 });
    const [failing, inactive] = highLevel.simulator.world.locationIds();
    highLevel.simulator.faults.add({
      matches: isSearch('contacts', failing),
      answer: says(404, 'Not found'),
    });
    highLevel.simulator.faults.add({
      matches: isSearch('contacts', inactive),
      answer: says(403, 'Location is not active'),
    });
    const run = await connect(highLevel).read(CONTACTS, { env: IMPATIENT });
    expect(infoOf(run).join('\n')).toContain('of 12 locations (1 failed, 1 skipped) in');
  });
});
