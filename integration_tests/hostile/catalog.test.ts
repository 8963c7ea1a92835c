import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { JsonValue } from '../../src/foundation/json.ts';
import { judgeRun } from '../support/judge-run.ts';
import { errorsOf, messagesOf, parseMessages, streamOf } from '../support/messages-of.ts';
import { type Damage, damage, damaged } from './damage.ts';
import { runs } from './fuzz-runs.ts';
import { hostileValue, strangeValue, toHostileText } from './hostile-json.ts';
import { createHostileWorld, rejectProblems } from './hostile-world.ts';
import { runInProcess } from './run-in-process.ts';

const configured = (name: string, syncMode: string, fields: readonly string[]): JsonValue => ({
  stream: {
    name,
    namespace: null,
    json_schema: {
      type: 'object',
      properties: Object.fromEntries(fields.map((field) => [field, { type: ['null', 'string'] }])),
    },
    supported_sync_modes: ['full_refresh', 'incremental'],
    source_defined_primary_key: [['location_id'], ['id']],
  },
  sync_mode: syncMode,
  destination_sync_mode: 'append',
  cursor_field: [],
  primary_key: [['location_id'], ['id']],
  generation_id: 1,
  minimum_generation_id: 0,
  sync_id: 1,
});

const GOOD: JsonValue = {
  streams: [
    configured('contacts', 'incremental', ['id', 'location_id', 'date_updated']),
    configured('tags', 'full_refresh', ['id', 'location_id', 'name']),
    configured('locations', 'full_refresh', []),
  ],
};

/** Reads with the text of a catalog, from a server that is all right. */
const readWith = async (catalogText: string) => {
  const world = createHostileWorld({ locations: [{ contacts: 2, opportunities: 0 }] });
  const output = await runInProcess('read', {
    runtime: world.runtime,
    handle: world.simulator.handle,
    files: { config: JSON.stringify(world.config('private')), catalog: catalogText },
  });
  rejectProblems(judgeRun({ output, secrets: [], isCut: false }), output);
  const messages = parseMessages(output.lines);
  const errors = errorsOf(messages);
  return {
    messages,
    exitCode: output.exitCode,
    streams: new Set(messagesOf(messages, 'RECORD').map((message) => streamOf(message) ?? '')),
    isTold: output.exitCode === (errors.length === 0 ? 0 : 1),
    // Whatever is in a catalog, it is not for the connector's makers to mend.
    bugs: errors.filter(({ message }) => message.includes('in the connector')),
  };
};

const CLEAR = { isTold: true, bugs: [], unasked: [] };

/** How a read with the text of a catalog ended, and what came of streams that nobody asked for. */
const endOf = async (catalogText: string): Promise<unknown> => {
  const { isTold, bugs, streams } = await readWith(catalogText);
  const unasked = [...streams].filter((name) => !catalogText.includes(JSON.stringify(name)));
  return { isTold, bugs, unasked };
};

test('a good catalog is read', async () => {
  const { exitCode, streams } = await readWith(JSON.stringify(GOOD));
  expect(exitCode).toBe(0);
  expect([...streams].sort()).toEqual(['contacts', 'locations', 'tags']);
});

test('any JSON for a catalog ends in a sync or in one clear error', async () => {
  await fc.assert(
    fc.asyncProperty(hostileValue, async (catalog) => {
      expect(await endOf(toHostileText(catalog))).toEqual(CLEAR);
    }),
    runs(60),
  );
});

test('so does a good catalog that was damaged', async () => {
  const damages = fc.array<Damage>(damage, { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(damages, async (some) => {
      const broken = some.reduce<JsonValue>((value, one) => damaged(value, one), GOOD);
      expect(await endOf(toHostileText(broken))).toEqual(CLEAR);
    }),
    runs(120),
  );
});

test('so does anything in the place of a stream', async () => {
  await fc.assert(
    fc.asyncProperty(strangeValue, fc.boolean(), async (strange, isWhole) => {
      const entry: JsonValue = isWhole ? strange : { stream: strange, sync_mode: 'full_refresh' };
      const catalog = { streams: [configured('tags', 'full_refresh', []), entry] };
      expect(await endOf(toHostileText(catalog))).toEqual(CLEAR);
    }),
    runs(60),
  );
});

test.each(['', ' ', '{', 'null', '[]', '"x"', '{"streams":', '\0', '{"streams":{}}', '{"streams":[null]}'])(
  'a catalog file that holds %j ends in one clear error',
  async (text) => {
    const { exitCode, isTold, bugs } = await readWith(text);
    expect({ exitCode, isTold, bugs }).toEqual({ exitCode: 1, isTold: true, bugs: [] });
  },
);
