import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { connect, type Run } from '../support/connection.ts';
import { isSearch, startHighLevel } from '../support/highlevel.ts';
import { idsOf, lossOf } from '../support/warehouse.ts';

const PAGES = {
  contactsPerLocation: 24,
  opportunitiesPerLocation: 24,
  knobs: { silentPageSize: 5 },
} as const;
const PATHS = {
  contacts: '/contacts/search',
  opportunities: '/opportunities/search',
  pipelines: '/opportunities/pipelines',
  campaigns: '/campaigns/',
  custom_fields: 'customFields',
} as const;
const LISTS = {
  contacts: 'contacts',
  opportunities: 'opportunities',
  pipelines: 'pipelines',
  campaigns: 'campaigns',
  custom_fields: 'customFields',
} as const;

const outcomeOf = (run: Run, stream: string) => ({
  exitCode: run.exitCode,
  end: run.end(stream),
  failed: run.errors.map((error) => error.stream_descriptor?.name),
});
const failureOf = (stream: string) => ({ exitCode: 1, end: 'INCOMPLETE', failed: [stream] });

const withoutList = (key: string): JsonObject => ({ [key]: null, total: 0 });

describe.each(Object.keys(PATHS) as (keyof typeof PATHS)[])('an answer to %s', (stream) => {
  test('without its list is an error, and not an empty list', async () => {
    const highLevel = await startHighLevel(PAGES);
    const key = LISTS[stream];
    highLevel.rewriteAnswers((_, { pathname }) =>
      pathname.endsWith(PATHS[stream]) ? withoutList(key) : undefined,
    );
    const run = await connect(highLevel).read({ [stream]: 'full_refresh', locations: 'full_refresh' });
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
    expect(run.errors[0]?.message).toContain(`"${key}"`);
    expect(run.end('locations')).toBe('COMPLETE');
  });
});

describe.each(['contacts', 'opportunities'] as const)('the pages of %s', (stream) => {
  const isLater = (body: JsonObject): boolean => 'searchAfter' in body;

  test('without a list later on keep what came, and fail', async () => {
    const highLevel = await startHighLevel(PAGES);
    let answered = 0;
    highLevel.rewriteAnswers((_, { pathname }) =>
      pathname === PATHS[stream] && (answered += 1) === 3 ? { total: 24 } : undefined,
    );
    const connection = connect(highLevel);
    const run = await connection.read({ [stream]: 'incremental' });
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
    expect(run.records(stream).length).toBeGreaterThan(0);
    const next = await connection.read({ [stream]: 'incremental' });
    expect(lossOf(highLevel, stream, [...run.records(stream), ...next.records(stream)])).toEqual([]);
  });

  test('that repeat a token end with an error', async () => {
    const highLevel = await startHighLevel(PAGES);
    highLevel.rewriteRequests((body, { pathname }) => {
      const { searchAfter: _, ...first } = body;
      return pathname === PATHS[stream] ? first : undefined;
    });
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
    expect(run.errors[0]?.message).toContain('do not advance');
  });

  test('that go round in a circle end with an error', async () => {
    const highLevel = await startHighLevel({ ...PAGES, knobs: { ...PAGES.knobs, rateLimits: 'off' } });
    let asked = 0;
    highLevel.rewriteRequests((body, { pathname }) => {
      if (pathname !== PATHS[stream]) return undefined;
      const { searchAfter: _, ...first } = body;
      return (asked += 1) % 3 === 0 ? first : body;
    });
    const run = await connect(highLevel).read(
      { [stream]: 'incremental' },
      {
        onLine: (_, index, control) => {
          // It would never end.
          if (index > 300) control.kill('SIGKILL');
        },
      },
    );
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
  });

  test('that do not say where they go on end with an error', async () => {
    const highLevel = await startHighLevel(PAGES);
    highLevel.rewriteAnswers((body, { pathname }) => {
      const rows = body[stream];
      if (pathname !== PATHS[stream] || !Array.isArray(rows)) return undefined;
      const bare = rows.filter(isJsonObject).map(({ searchAfter: _a, sort: _b, ...row }) => row);
      return { ...body, [stream]: bare };
    });
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
  });

  test('hold a row without an id: it is an error', async () => {
    const highLevel = await startHighLevel(PAGES);
    highLevel.rewriteAnswers((body, { pathname }) => {
      const rows = body[stream];
      if (pathname !== PATHS[stream] || !Array.isArray(rows)) return undefined;
      return {
        ...body,
        [stream]: rows.filter(isJsonObject).map((row, at) => (at === 2 ? { ...row, id: null } : row)),
      };
    });
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    expect(outcomeOf(run, stream)).toEqual(failureOf(stream));
  });

  test('are asked for by tokens and never by number', async () => {
    const highLevel = await startHighLevel(PAGES);
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    const bodies = run.calls.filter(isSearch(stream)).map(({ body }) => (isJsonObject(body) ? body : {}));
    expect(bodies.filter((body) => 'page' in body)).toEqual([]);
    expect(bodies.filter(isLater).length).toBeGreaterThan(3);
  });

  test.each([
    ['a reset', { kind: 'reset' } as const],
    ['half an answer', { kind: 'malformed' } as const],
    ['a cut answer', { kind: 'cut', afterBytes: 500 } as const],
    ['a page of the edge', { kind: 'html', status: 503 } as const],
  ])('survive %s in their middle', async (_, answer) => {
    const highLevel = await startHighLevel(PAGES);
    highLevel.simulator.faults.add({ matches: isSearch(stream), nth: 3, answer });
    const run = await connect(highLevel).read({ [stream]: 'incremental' });
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, stream, run.records(stream))).toEqual([]);
  });
});

test('a list of locations that has no list is an error, and not an empty agency', async () => {
  const highLevel = await startHighLevel();
  highLevel.rewriteAnswers((_, { pathname }) =>
    pathname === '/oauth/installedLocations' ? { count: 0 } : undefined,
  );
  const run = await connect(highLevel).read({ contacts: 'incremental', locations: 'full_refresh' });
  expect(run.exitCode).toBe(1);
  expect(run.errors).toHaveLength(1);
  expect(run.errors[0]?.message).toContain('installed locations');
});

test('a location that fails for good does not stop the others', async () => {
  const highLevel = await startHighLevel({ locations: 3 });
  const [broken = '', ...others] = highLevel.simulator.world.locationIds();
  const remove = highLevel.simulator.faults.add({
    matches: isSearch('contacts', broken),
    answer: { kind: 'status', status: 418, message: 'I am a teapot' },
  });
  const connection = connect(highLevel);
  const run = await connection.read({ contacts: 'incremental', campaigns: 'full_refresh' });
  expect(outcomeOf(run, 'contacts')).toEqual(failureOf('contacts'));
  expect(run.errors[0]?.message).toContain(broken);
  expect(lossOf(highLevel, 'contacts', run.records('contacts'), others)).toEqual([]);
  expect(run.end('campaigns')).toBe('COMPLETE');
  remove();
  const next = await connection.read({ contacts: 'incremental' });
  expect(idsOf(next.records('contacts'))).toEqual(
    idsOf(highLevel.simulator.world.contacts(broken).map((row) => ({ ...row, location_id: broken }))),
  );
});
