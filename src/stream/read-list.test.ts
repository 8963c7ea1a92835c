import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { collect } from './doubles/collect-events.ts';
import { type Answer, createFakeContext } from './doubles/fake-context.ts';
import { manyRows, offsetServer, streamOf, thingsEndpoint } from './doubles/test-streams.ts';
import type { ListRetrieval } from './definition.ts';
import { offsetPages } from './paginators.ts';
import { readList } from './read-list.ts';

const run = async (answer: Answer, given: Partial<ListRetrieval> = {}, parallel = 1) => {
  const { context, requests, mostAtOnce } = createFakeContext({ answer, parallel, turns: () => 2 });
  const stream = streamOf({ kind: 'list', endpoint: thingsEndpoint(), ...given });
  return { ...(await collect(readList(stream, context))), requests, mostAtOnce };
};

const isFolder = ({ type }: JsonObject): boolean => type === 'folder';
const folder = (id: string): JsonObject => ({ id, type: 'folder' });

describe('the passes of a list', () => {
  const endpoint = thingsEndpoint({
    passes: [
      { parameters: { status: 'open' }, marks: { status: 'open' } },
      { parameters: { status: 'won' }, marks: { status: 'won' } },
    ],
  });
  const byStatus: Readonly<Record<string, readonly JsonObject[]>> = {
    open: [{ id: 'a' }, { id: 'b' }],
    won: [{ id: 'b' }, { id: 'c', status: 'won then' }],
  };

  test('are all read; a row comes once, with what its pass knows', async () => {
    const { rows } = await run(
      ({ parameters }) => ({ items: byStatus[textAt(parameters, 'status') ?? ''] ?? [] }),
      {
        endpoint,
      },
    );
    expect(rows).toEqual([
      { id: 'a', status: 'open' },
      { id: 'b', status: 'open' },
      { id: 'c', status: 'won then' },
    ]);
  });
});

describe('the folders of a list', () => {
  const contents: Readonly<Record<string, readonly JsonObject[]>> = {
    root: [{ id: 'a' }, folder('f1'), folder('f2')],
    f1: [{ id: 'b' }, folder('f3')],
    f2: [{ id: 'c' }],
    f3: [{ id: 'd' }, folder('f1')],
  };
  const server: Answer = ({ parameters }) => ({
    items: contents[textAt(parameters, 'parent') ?? 'root'] ?? [],
  });

  test('are read at once, as many as requests may be under way', async () => {
    const wide: Answer = ({ parameters }) => {
      const parent = textAt(parameters, 'parent');
      return {
        items: parent === undefined ? ['f', 'g', 'h', 'i', 'j'].map(folder) : [{ id: `in ${parent}` }],
      };
    };
    const { ids, mostAtOnce } = await run(wide, { folders: { isFolder, areOpened: true } }, 3);
    expect([ids.length, mostAtOnce()]).toEqual([5, 3]);
  });

  test('are opened, also those in folders, each once; they are no rows', async () => {
    const { ids, requests } = await run(server, { folders: { isFolder, areOpened: true } });
    expect([...ids].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(requests).toHaveLength(4);
  });

  test('are left alone where their content comes without', async () => {
    const { ids, requests } = await run(server, { folders: { isFolder, areOpened: false } });
    expect([ids, requests.length]).toEqual([['a'], 1]);
  });

  test('are read page by page', async () => {
    const pages: Answer = (request, call) =>
      offsetServer(
        () => (request.parameters['parent'] === 'f' ? manyRows(12) : [folder('f')]),
        (rows) => rows.length,
      )(request, call);
    const { ids } = await run(pages, {
      endpoint: thingsEndpoint({ paginator: offsetPages({ limit: 10 }) }),
      folders: { isFolder, areOpened: true },
    });
    expect(ids).toHaveLength(12);
  });

  test('that were deleted meanwhile have nothing in them', async () => {
    const { ids, kinds } = await run(
      (request, call) =>
        request.parameters['parent'] === 'f1'
          ? transientError('not found', { status: 404 })
          : server(request, call),
      { folders: { isFolder, areOpened: true } },
    );
    expect(ids).toEqual(['a', 'c']);
    expect(kinds).not.toContain('gap');
  });
});

test('a list that is gone itself is an error', async () => {
  await expect(run(() => transientError('not found', { status: 404 }))).rejects.toThrow('not found');
});

test('a gap in the list is passed on', async () => {
  expect((await run(() => ({ items: [{ id: 'a' }], total: 2 }))).trace).toContain('gap');
});

test('the pages of a list are read at once, as many as requests may be under way', async () => {
  const answer = offsetServer(
    () => manyRows(200),
    (all) => all.length,
  );
  const endpoint = thingsEndpoint({ paginator: offsetPages({ limit: 20 }) });
  const { ids, mostAtOnce } = await run(answer, { endpoint }, 3);
  expect([ids.length, mostAtOnce()]).toEqual([200, 3]);
});
