import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { createFakeContext, type Answer } from './doubles/fake-context.ts';
import { thingsEndpoint } from './doubles/test-streams.ts';
import type { Endpoint, Pass } from './endpoint.ts';
import { fetchEndpointPage } from './endpoint-page.ts';
import type { ReadContext } from './read-context.ts';

interface Given {
  readonly endpoint?: Partial<Endpoint>;
  readonly parent?: JsonObject;
  readonly pass?: Pass;
  readonly answer?: Answer;
}

const setUp = ({
  endpoint = {},
  parent,
  pass = { parameters: {} },
  answer = () => ({ items: [] }),
}: Given) => {
  const fake = createFakeContext({ answer });
  const fetch = () =>
    fetchEndpointPage(
      {
        stream: 'things',
        scope: 'things.readonly',
        endpoint: thingsEndpoint(endpoint),
        slice: { locationId: 'L1', parent },
        pass,
        context: fake.context,
      },
      { limit: 10 },
    );
  return { ...fake, fetch };
};

describe('the request of a page', () => {
  const request = (): { readonly path: string; readonly parameters: JsonObject } => ({
    path: '/things',
    parameters: { a: 1, b: 'of the request' },
  });
  const pass = { parameters: { b: 'of the pass', c: true } };

  test('has the parameters of request, pass and page in its query, and the scope and version', async () => {
    const { fetch, requests } = setUp({ endpoint: { request, version: '2021-04-15' }, pass });
    await fetch();
    expect(requests).toMatchObject([
      {
        method: 'GET',
        path: '/things',
        version: '2021-04-15',
        scope: 'things.readonly',
        parameters: { a: 1, b: 'of the pass', c: true, limit: 10 },
      },
    ]);
  });

  test('has them in its body when it is a POST', async () => {
    const nested = () => ({ path: '/things', parameters: { filters: [{ a: null }] } });
    const { fetch, requests } = setUp({ endpoint: { request: nested, method: 'POST' } });
    await fetch();
    expect(requests).toMatchObject([{ method: 'POST', parameters: { filters: [{ a: null }], limit: 10 } }]);
  });

  test.each([[null], [[1]], [{ a: 1 }]])('cannot carry %j in its query', async (value) => {
    const { fetch, requests, held } = setUp({
      endpoint: { request: () => ({ path: '/things', parameters: { value } }) },
    });
    await expect(fetch()).rejects.toThrow('The parameter value cannot stand in a query');
    expect([requests, held()]).toEqual([[], 0]);
  });
});

describe('the rows of a page', () => {
  test('say what their pass knows of them, unless they know better', async () => {
    const { fetch } = setUp({
      pass: { parameters: {}, marks: { status: 'open' } },
      answer: () => ({ items: [{ id: 'a' }, { id: 'b', status: 'won' }], total: 2 }),
    });
    const { rows, total, isGone } = await fetch();
    expect(rows).toEqual([
      { id: 'a', status: 'open' },
      { id: 'b', status: 'won' },
    ]);
    expect([total, isGone]).toEqual([2, false]);
  });

  test('are gone, and their memory given back, once they are released', async () => {
    const { fetch, held } = setUp({ answer: () => ({ items: [{ id: 'a' }] }) });
    const page = await fetch();
    expect(held()).toBe(1);
    page.release();
    expect([page.rows, held()]).toEqual([[], 0]);
  });

  test('that are not where they should be are an error, and their memory is given back', async () => {
    const { fetch, held } = setUp({ answer: () => ({ things: [] }) });
    await expect(fetch()).rejects.toThrow('no list');
    expect(held()).toBe(0);
  });
});

describe('a parent that is gone', () => {
  const parent = { id: 'p' };

  test.each([
    [404, 'whatever'],
    [400, 'Contact not found'],
    [422, "The contact doesn't exist"],
    [422, 'It does not exist'],
  ])('is an answer: %j %s', async (status, message) => {
    const { fetch, held } = setUp({ parent, answer: () => transientError(message, { status }) });
    expect(await fetch()).toMatchObject({ isGone: true, rows: [] });
    expect(held()).toBe(0);
  });

  test.each([
    [404, 'Cannot GET /things'],
    [404, 'Cannot POST /things'],
    [400, 'limit must be a number'],
    [403, 'not found'],
    [500, 'not found'],
  ])('is another matter than an error: %j %s', async (status, message) => {
    const { fetch, held } = setUp({ parent, answer: () => transientError(message, { status }) });
    await expect(fetch()).rejects.toThrow(message);
    expect(held()).toBe(0);
  });

  test('is not told by a page that is no answer of the API', async () => {
    const { context } = createFakeContext({ answer: () => ({}) });
    const page = { status: 404, headers: {}, body: '<html>not found</html>', sizeBytes: 1 };
    const send: ReadContext['send'] = (_, { accepts }) =>
      accepts?.(page) === true ? Promise.resolve(page) : Promise.reject(transientError('somebody else’s'));
    const read = {
      stream: 'things',
      scope: 'things.readonly',
      endpoint: thingsEndpoint(),
      slice: { locationId: 'L1', parent },
      pass: { parameters: {} },
      context: { ...context, send },
    };
    await expect(fetchEndpointPage(read, {})).rejects.toThrow('somebody else’s');
  });

  test('cannot be gone where none was asked for', async () => {
    const { fetch } = setUp({ answer: () => transientError('not found', { status: 404 }) });
    await expect(fetch()).rejects.toThrow('not found');
  });
});
