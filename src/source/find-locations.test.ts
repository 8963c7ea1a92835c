import { describe, expect, test } from '@jest/globals';
import type { Log } from '../foundation/log.ts';
import { findLocations, type FoundLocations } from './find-locations.ts';

interface Given {
  readonly locationIds?: readonly string[];
  readonly excludeLocationIds?: readonly string[];
  readonly own?: readonly string[];
  readonly listed?: readonly string[];
  /** Installed, but left out by the list. */
  readonly hidden?: readonly string[];
  readonly known?: readonly string[];
}

const find = async (
  given: Given,
): Promise<FoundLocations & { readonly warnings: string; readonly asked: string }> => {
  const warnings: string[] = [];
  const asked: string[] = [];
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (message) => warnings.push(message),
    error: () => undefined,
  };
  const { listed, hidden = [], own } = given;
  const found = await findLocations({
    choice: { locationIds: given.locationIds ?? [], excludeLocationIds: given.excludeLocationIds ?? [] },
    ownLocations: own,
    installed: listed && {
      all: () => Promise.resolve(new Set(listed)),
      has: (locationId) => {
        asked.push(locationId);
        return Promise.resolve(hidden.includes(locationId));
      },
    },
    known: new Set(given.known ?? []),
    log,
  });
  return { ...found, warnings: warnings.join(' '), asked: asked.join() };
};

describe('the locations of a sync', () => {
  test('are all that the agency lists', async () => {
    expect((await find({ listed: ['A', 'B'] })).locationIds).toEqual(['A', 'B']);
  });

  test('are those the user lists, without asking for the list', async () => {
    expect((await find({ listed: ['A', 'B'], locationIds: ['B', 'Z'] })).locationIds).toEqual(['B', 'Z']);
  });

  test('are never those the user excludes', async () => {
    expect((await find({ listed: ['A', 'B'], excludeLocationIds: ['A'] })).locationIds).toEqual(['B']);
    expect((await find({ own: ['A', 'B'], excludeLocationIds: ['A'] })).locationIds).toEqual(['B']);
  });

  test('of private tokens are those with a token', async () => {
    expect((await find({ own: ['A', 'B'] })).locationIds).toEqual(['A', 'B']);
    expect((await find({ own: ['A', 'B'], locationIds: ['B'] })).locationIds).toEqual(['B']);
  });

  test('that the credentials do not open are named', async () => {
    await expect(find({ own: ['A'], locationIds: ['A', 'Z'] })).rejects.toThrow('do not open Z');
  });

  test('must not be none', async () => {
    await expect(find({ listed: [] })).rejects.toThrow('installed in no location');
    await expect(find({ listed: ['A'], excludeLocationIds: ['A'] })).rejects.toThrow(
      'leave no location to sync',
    );
  });
});

describe('a location that the state knows and the list lacks', () => {
  test('is asked for by name, and read when it is there', async () => {
    const { locationIds, absent, warnings } = await find({ listed: ['A'], hidden: ['B'], known: ['A', 'B'] });
    expect(locationIds).toEqual(['A', 'B']);
    expect(absent.size).toBe(0);
    expect(warnings).toContain('B');
  });

  test('is absent, with a warning, when it is not', async () => {
    const { locationIds, absent, warnings } = await find({ listed: ['A'], known: ['A', 'B'] });
    expect(locationIds).toEqual(['A']);
    expect([...absent.keys()]).toEqual(['B']);
    expect(absent.get('B')?.access).toBe('not_installed');
    expect(warnings).toContain('B');
  });

  test('is not asked for when the user excludes it', async () => {
    const { asked, absent } = await find({ listed: ['A'], known: ['B'], excludeLocationIds: ['B'] });
    expect(asked).toBe('');
    expect(absent.size).toBe(0);
  });
});
