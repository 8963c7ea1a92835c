import { describe, expect, test } from '@jest/globals';
import { transientError } from '../foundation/errors.ts';
import { type JsonObject, textAt } from '../foundation/json.ts';
import { collect, eventsOf } from './doubles/collect-events.ts';
import { type Answer, createFakeContext, type FakeRequest } from './doubles/fake-context.ts';
import { descentOf } from './doubles/descent.ts';
import { manyRows, streamOf, thingsEndpoint } from './doubles/test-streams.ts';
import type { ChildrenRetrieval, StreamDefinition } from './definition.ts';
import { readChildren } from './read-children.ts';
import type { ReadEvent } from './read-event.ts';

const shifting = streamOf({ kind: 'list', endpoint: thingsEndpoint() });
const steady = streamOf({ kind: 'newest_first', descent: descentOf(), fullPassDays: 30 });

interface Given {
  readonly answer?: Answer;
  readonly of?: StreamDefinition;
  readonly rows?: Partial<Extract<ChildrenRetrieval['rows'], { from: 'request' }>>;
}

const childOf: Answer = ({ parameters }) => ({
  items: [{ id: `of ${textAt(parameters, 'parent') ?? 'no one'}` }],
});

const run = async (
  events: readonly ReadEvent[],
  { answer = childOf, of = shifting, rows = {} }: Given = {},
) => {
  const fake = createFakeContext({ answer });
  const stream = streamOf({
    kind: 'children',
    of,
    rows: { from: 'request', endpoint: thingsEndpoint(), ...rows },
  });
  const log: string[] = [];
  async function* parents(): AsyncGenerator<ReadEvent, void> {
    for await (const event of eventsOf(...events)) {
      yield event;
      log.push(`${event.kind} taken, ${fake.requests.length} asked`);
    }
  }
  return { ...(await collect(readChildren(stream, parents(), fake.context))), ...fake, log };
};

const page = (...ids: readonly string[]): ReadEvent => ({ kind: 'rows', rows: ids.map((id) => ({ id })) });
const CHECKPOINT: ReadEvent = { kind: 'checkpoint', cursor: { at: 1 } };
const parentsIn = (requests: readonly FakeRequest[]) =>
  requests.map(({ parameters }) => parameters['parent']);

describe('a row in the answers for several parents', () => {
  const answer: Answer = ({ parameters }) => ({
    items: [{ id: `of ${textAt(parameters, 'parent') ?? ''}` }, { id: 'shared' }],
  });

  test('is emitted once where parents may share rows', async () => {
    const { ids } = await run([page('p', 'q'), page('r')], { answer, rows: { isShared: true } });
    expect([...ids].sort()).toEqual(['of p', 'of q', 'of r', 'shared']);
  });

  test('is emitted for each of them elsewhere', async () => {
    const { ids } = await run([page('p', 'q')], { answer });
    expect([...ids].sort()).toEqual(['of p', 'of q', 'shared', 'shared']);
  });
});

describe('the parents', () => {
  test('of a list are drained before the first of their children is asked for', async () => {
    const { log, ids } = await run([page('p', 'q'), page('r')]);
    expect(log).toEqual(['rows taken, 0 asked', 'rows taken, 0 asked']);
    expect(ids).toEqual(['of p', 'of q', 'of r']);
  });

  test('of a list are drained however many they are', async () => {
    const many: ReadEvent = { kind: 'rows', rows: manyRows(1_200) };
    const { log, ids } = await run([many, page('p')]);
    expect(log).toEqual(['rows taken, 0 asked', 'rows taken, 0 asked']);
    expect(ids).toHaveLength(1_201);
  });

  test('that do not shift are kept a thousand at a time', async () => {
    const some: ReadEvent = { kind: 'rows', rows: manyRows(999) };
    const { log, ids } = await run([some, page('p'), page('q')], { of: steady });
    expect(log).toEqual(['rows taken, 0 asked', 'rows taken, 1000 asked', 'rows taken, 1000 asked']);
    expect(ids).toHaveLength(1_001);
  });

  test('give their memory back before their children are asked for', async () => {
    const released: string[] = [];
    const rows: JsonObject[] = [{ id: 'p', budget: 1 }];
    const release = (): void => {
      released.push('released');
      rows.length = 0;
    };
    const { ids } = await run([{ kind: 'rows', rows, release }, CHECKPOINT], {
      answer: (request, call) => {
        expect([released, request.held]).toEqual([['released'], 0]);
        return childOf(request, call);
      },
    });
    expect(ids).toEqual(['of p']);
  });

  test('are asked for by what is kept of them, and only those that are to be', async () => {
    const rows: readonly JsonObject[] = [
      { id: 'p', kind: 'good', at: 5 },
      { id: 'q', kind: 'bad', at: 6 },
    ];
    const { rows: children, requests } = await run([{ kind: 'rows', rows }], {
      rows: {
        asks: ({ kind }) => kind === 'good',
        keep: ({ at = null }) => ({ at }),
        of: (row, parent) => [{ ...row, parent }],
      },
    });
    expect(parentsIn(requests)).toEqual(['p']);
    expect(children).toEqual([{ id: 'of p', parent: { id: 'p', at: 5 } }]);
  });

  test('need an id', async () => {
    await expect(run([{ kind: 'rows', rows: [{ name: 'x' }] }])).rejects.toThrow('without an id');
  });
});

describe('the checkpoints of the parents', () => {
  test('go out behind the children of all parents before them', async () => {
    const second: ReadEvent = { kind: 'checkpoint', cursor: { at: 2 } };
    const { trace, checkpoints } = await run([page('p'), page('q'), CHECKPOINT, page('r'), second]);
    expect(trace).toEqual(['rows of p', 'rows of q', 'checkpoint', 'rows of r', 'checkpoint']);
    expect(checkpoints).toEqual([{ at: 1 }, { at: 2 }]);
  });

  test('do not go out when a child cannot be read', async () => {
    const events: string[] = [];
    const { context } = createFakeContext({ answer: () => transientError('down', { status: 500 }) });
    const stream = streamOf({
      kind: 'children',
      of: shifting,
      rows: { from: 'request', endpoint: thingsEndpoint() },
    });
    const read = async (): Promise<void> => {
      for await (const { kind } of readChildren(stream, eventsOf(page('p'), CHECKPOINT), context))
        events.push(kind);
    };
    await expect(read()).rejects.toThrow('down');
    expect(events).toEqual([]);
  });

  test('gaps and signs of life are passed on', async () => {
    expect((await run([{ kind: 'gap' }, { kind: 'alive' }])).trace).toEqual(['gap', 'alive']);
  });

  test('go out behind parents that may be missing: theirs are the others’ children', async () => {
    const { trace } = await run([page('p'), { kind: 'gap' }, CHECKPOINT], { of: steady });
    expect(trace).toEqual(['gap', 'rows of p', 'checkpoint']);
  });

  // The children would be asked for again only when their parent changes again.
  test('do not go out when children may be missing', async () => {
    const short: Answer = () => ({ items: [{ id: 'given' }], total: 2 });
    const { trace } = await run([page('p'), CHECKPOINT], { answer: short, of: steady });
    expect(trace).toContain('gap');
    expect(trace).not.toContain('checkpoint');
  });
});

describe('the children', () => {
  test('of a parent come once, though several passes give them', async () => {
    const endpoint = thingsEndpoint({ passes: [{ parameters: {} }, { parameters: { completed: true } }] });
    const { ids, requests } = await run([page('p')], { rows: { endpoint } });
    expect([ids, requests.length]).toEqual([['of p'], 2]);
  });

  test('with the same id of two parents both come', async () => {
    const { ids } = await run([page('p', 'q')], { answer: () => ({ items: [{ id: 'same' }] }) });
    expect(ids).toEqual(['same', 'same']);
  });

  test('that lie in their parent need no request', async () => {
    const { context, requests } = createFakeContext({ answer: childOf });
    const stream = streamOf({
      kind: 'children',
      of: shifting,
      rows: { from: 'parent', of: ({ id = null }) => (id === 'p' ? [{ id: 'p1' }, { id: 'p2' }] : []) },
    });
    const { trace } = await collect(
      readChildren(stream, eventsOf(page('p'), CHECKPOINT, page('q')), context),
    );
    expect(trace).toEqual(['rows p1 p2', 'checkpoint', 'alive']);
    expect(requests).toEqual([]);
  });
});

describe('parents that are gone', () => {
  const goneBut =
    (...there: readonly string[]): Answer =>
    (request, call) =>
      there.includes(textAt(request.parameters, 'parent') ?? '')
        ? childOf(request, call)
        : transientError('not found', { status: 404 });

  test('are passed over', async () => {
    const { ids, lines } = await run([page('p', 'q', 'r')], { answer: goneBut('q') });
    expect(ids).toEqual(['of q']);
    expect(lines.join()).toContain('2 of 3');
  });

  test('may be all of a few', async () => {
    expect((await run([page('p', 'q', 'r', 's')], { answer: goneBut() })).ids).toEqual([]);
  });

  test('cannot be all of many: that is an error', async () => {
    const parents = page('p', 'q', 'r', 's', 't');
    await expect(run([parents], { answer: goneBut() })).rejects.toThrow('does not exist');
    expect((await run([parents, page('u')], { answer: goneBut('u') })).ids).toEqual(['of u']);
  });

  test('cannot be all of many that were listed one after the other, and no checkpoint covers them', async () => {
    const events = [page('p', 'q'), CHECKPOINT, page('r', 's'), page('t'), CHECKPOINT];
    const { context } = createFakeContext({ answer: goneBut() });
    const rows = { from: 'request' as const, endpoint: thingsEndpoint() };
    const stream = streamOf({ kind: 'children', of: steady, rows });
    const kinds: string[] = [];
    const read = async (): Promise<void> => {
      for await (const { kind } of readChildren(stream, eventsOf(...events), context)) kinds.push(kind);
    };
    await expect(read()).rejects.toMatchObject({ failureType: 'transient_error' });
    expect(kinds).toEqual(['checkpoint']);
  });

  test('may be all of the last ones, when others were there before', async () => {
    const events = [page('u'), CHECKPOINT, page('p', 'q', 'r', 's', 't'), CHECKPOINT];
    const { trace } = await run(events, { answer: goneBut('u'), of: steady });
    expect(trace).toEqual(['rows of u', 'checkpoint', 'checkpoint']);
  });

  test('are told of once, of all that were asked for', async () => {
    const events = [page('p', 'q'), CHECKPOINT, page('r', 's'), CHECKPOINT];
    const { lines } = await run(events, { answer: goneBut('q', 's'), of: steady });
    expect(lines).toEqual([expect.stringContaining('2 of 4')]);
  });

  // Each pass, and each walk that is begun because rows are missing, counts once more.
  test('count once, however often they were asked for', async () => {
    const endpoint = thingsEndpoint({ passes: [{ parameters: {} }, { parameters: { completed: true } }] });
    const parents = page('p', 'q', 'r', 's', 't', 'u');
    const { ids } = await run([parents], { answer: goneBut('s', 't', 'u'), rows: { endpoint } });
    expect(ids).toEqual(['of s', 'of t', 'of u']);
  });
});
