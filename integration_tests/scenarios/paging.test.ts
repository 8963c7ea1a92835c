import { describe, expect, test } from '@jest/globals';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { FaultAnswer } from '../simulator/faults.ts';
import { connect } from '../support/connection.ts';
import { type HighLevel, isSearch, startHighLevel } from '../support/highlevel.ts';
import { onlyLocation } from '../support/only-location.ts';
import { cutsOf, resumeAll, spread } from '../support/resume.ts';
import { idsOf, lossOf, repeatsIn } from '../support/warehouse.ts';

const CONTACTS = { contacts: 'incremental' } as const;
const OPPORTUNITIES = { opportunities: 'incremental' } as const;
const HOUR_MS = 3_600_000;

const pageLimits = (calls: readonly { readonly body: unknown }[]): readonly unknown[] =>
  calls.map(({ body }) => (isJsonObject(body) ? body['pageLimit'] : undefined));

describe('contacts that do not come in pages of 500', () => {
  test.each<[string, FaultAnswer]>([
    ['a 400', { kind: 'status', status: 400, message: 'pageLimit is too large' }],
    ['a 413', { kind: 'html', status: 413 }],
    ['a 422', { kind: 'status', status: 422, message: 'pageLimit must not be greater than 100' }],
    ['a 502', { kind: 'html', status: 502 }],
    ['a 504', { kind: 'status', status: 504, message: 'Gateway Timeout' }],
    ['a reset', { kind: 'reset' }],
    ['a cut body', { kind: 'cut', afterBytes: 2_000 }],
  ])('come in pages of 100 after %s', async (_, answer) => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 130,
      knobs: { refusedPageSize: { over: 100, answer } },
    });
    const run = await connect(highLevel).read(CONTACTS);
    expect(run.exitCode).toBe(0);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    expect(repeatsIn(run.records('contacts'))).toEqual([]);
    const limits = pageLimits(run.calls.filter(isSearch('contacts')));
    // Asked three times at most, and never again after the smaller size worked.
    expect(limits.filter((limit) => limit === 500).length).toBeLessThanOrEqual(3);
    expect(limits.lastIndexOf(500)).toBeLessThan(limits.indexOf(100));
  });
});

test('pages that are capped in silence are no end', async () => {
  const highLevel = await startHighLevel({
    contactsPerLocation: 50,
    opportunitiesPerLocation: 50,
    knobs: { silentPageSize: 20 },
  });
  const run = await connect(highLevel).read({ ...CONTACTS, ...OPPORTUNITIES });
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  expect(lossOf(highLevel, 'opportunities', run.records('opportunities'))).toEqual([]);
  expect(run.exitCode).toBe(0);
});

test.each([
  ['grows', (total: number, asked: number) => total + asked],
  ['shrinks', (total: number, asked: number) => Math.max(6, total - 2 * asked)],
  ['jumps', (total: number, asked: number) => (asked % 2 === 0 ? total * 2 : total - 1)],
])('a total that %s between the pages ends nothing early', async (_, drift) => {
  let asked = 0;
  const reportedTotal = (total: number): number => drift(total, (asked += 1));
  const highLevel = await startHighLevel({
    contactsPerLocation: 23,
    opportunitiesPerLocation: 23,
    knobs: { silentPageSize: 5, reportedTotal },
  });
  const run = await connect(highLevel).read({ ...CONTACTS, ...OPPORTUNITIES });
  expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
  expect(lossOf(highLevel, 'opportunities', run.records('opportunities'))).toEqual([]);
  expect(run.exitCode).toBe(0);
});

/** The rows of the only location, each with what `change` makes of it. */
const reshape = (
  { simulator: { world } }: HighLevel,
  locationId: string,
  stream: 'contacts' | 'opportunities',
  change: (index: number) => JsonObject,
): void => {
  const rows = world[stream](locationId).map((row, index) => ({ ...row, ...change(index) }));
  if (stream === 'contacts') world.setContacts(locationId, rows);
  else world.setOpportunities(locationId, rows);
};

const SAME = '2025-03-03T03:03:03.003Z';
const instant = (index: number): string => new Date(Date.UTC(2025, 1, 1, 0, 0, index)).toISOString();

describe('rows of one millisecond', () => {
  test('contacts across a page edge are all read, in the backfill and in the sync after', async () => {
    const highLevel = await startHighLevel({ contactsPerLocation: 23, knobs: { silentPageSize: 5 } });
    const locationId = onlyLocation(highLevel);
    reshape(highLevel, locationId, 'contacts', (index) => {
      const at = index < 3 || index > 16 ? instant(index) : SAME;
      return { dateAdded: at, dateUpdated: at };
    });
    const connection = connect(highLevel);
    const first = await connection.read(CONTACTS);
    expect(lossOf(highLevel, 'contacts', first.records('contacts'))).toEqual([]);

    highLevel.passTime(3 * HOUR_MS);
    const edited = new Date(highLevel.now() - HOUR_MS).toISOString();
    reshape(highLevel, locationId, 'contacts', (index) => (index < 17 ? { dateUpdated: edited } : {}));
    const second = await connection.read(CONTACTS);
    expect(
      lossOf(highLevel, 'contacts', [...first.records('contacts'), ...second.records('contacts')]),
    ).toEqual([]);
    expect(new Set(idsOf(second.records('contacts'))).size).toBe(17);
  });

  test.each([
    ['of one contact, at a page edge', (index: number) => (index >= 3 && index <= 6 ? 'C1' : `C${index}`)],
    ['of few contacts, over whole pages', (index: number) => `C${index % 6}`],
    ['of contacts of their own, over whole pages', (index: number) => `C${index}`],
  ])('opportunities %s are all read, in the backfill and in the sync after', async (_, contactOf) => {
    const highLevel = await startHighLevel({ opportunitiesPerLocation: 23, knobs: { silentPageSize: 5 } });
    const locationId = onlyLocation(highLevel);
    const isTied = (index: number): boolean => index >= 2 && index <= 20;
    reshape(highLevel, locationId, 'opportunities', (index) => {
      const at = isTied(index) ? SAME : instant(index);
      return { createdAt: at, updatedAt: at, contactId: contactOf(index) };
    });
    const connection = connect(highLevel);
    const first = await connection.read(OPPORTUNITIES);
    expect(lossOf(highLevel, 'opportunities', first.records('opportunities'))).toEqual([]);

    highLevel.passTime(3 * HOUR_MS);
    const edited = new Date(highLevel.now() - HOUR_MS).toISOString();
    reshape(highLevel, locationId, 'opportunities', (index) => (isTied(index) ? { updatedAt: edited } : {}));
    const second = await connection.read(OPPORTUNITIES);
    const both = [...first.records('opportunities'), ...second.records('opportunities')];
    expect(lossOf(highLevel, 'opportunities', both)).toEqual([]);
  });

  test('opportunities of one contact that fill more than a page are told of when the server hides some', async () => {
    const highLevel = await startHighLevel({ opportunitiesPerLocation: 12, knobs: { silentPageSize: 5 } });
    const locationId = onlyLocation(highLevel);
    reshape(highLevel, locationId, 'opportunities', () => ({
      createdAt: SAME,
      updatedAt: SAME,
      contactId: 'C1',
    }));
    const run = await connect(highLevel).read(OPPORTUNITIES);
    const lost = lossOf(highLevel, 'opportunities', run.records('opportunities'));
    expect(lost.length === 0 || run.warnings.some((warning) => warning.includes('cannot be read'))).toBe(
      true,
    );
  });
});

const IGNORED_SORTS: [string, JsonObject[]][] = [
  ['newest first', [{ field: 'dateAdded', direction: 'desc' }]],
  ['by name', [{ field: 'firstNameLowerCase', direction: 'asc' }]],
];

describe('a server that ignores the order asked for', () => {
  test.each(IGNORED_SORTS)('and sorts %s loses no row, wherever the backfill is cut', async (_, sort) => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 40,
      knobs: { silentPageSize: 8, nullTokens: 'accept' },
    });
    highLevel.rewriteRequests((body, { pathname }) =>
      pathname === '/contacts/search' ? { ...body, sort } : undefined,
    );
    const run = await connect(highLevel).read(CONTACTS);
    expect(lossOf(highLevel, 'contacts', run.records('contacts'))).toEqual([]);
    const cuts = spread(cutsOf(run, 'contacts'), 4);
    for (const union of await resumeAll(highLevel, cuts, { selection: CONTACTS, stream: 'contacts' })) {
      expect(lossOf(highLevel, 'contacts', union)).toEqual([]);
    }
  });

  test.each(IGNORED_SORTS)('and sorts %s loses no change, wherever the sync is cut', async (_, sort) => {
    const highLevel = await startHighLevel({
      contactsPerLocation: 40,
      knobs: { silentPageSize: 8, nullTokens: 'accept' },
    });
    const connection = connect(highLevel);
    const first = await connection.read(CONTACTS);
    highLevel.passTime(10 * HOUR_MS);
    reshape(highLevel, onlyLocation(highLevel), 'contacts', (index) => ({
      dateUpdated: new Date(highLevel.now() - 5 * HOUR_MS + ((index * 7) % 40) * 420_000).toISOString(),
    }));
    const kept = new Map(connection.states());
    highLevel.rewriteRequests((body, { pathname }) =>
      pathname === '/contacts/search' ? { ...body, sort } : undefined,
    );
    const second = await connection.read(CONTACTS);
    const before = first.records('contacts');
    expect(lossOf(highLevel, 'contacts', [...before, ...second.records('contacts')])).toEqual([]);
    expect(kept).not.toEqual(connection.states());
    const cuts = spread(cutsOf(second, 'contacts'), 4);
    for (const union of await resumeAll(highLevel, cuts, { selection: CONTACTS, stream: 'contacts' })) {
      expect(lossOf(highLevel, 'contacts', [...before, ...union])).toEqual([]);
    }
  });
});
