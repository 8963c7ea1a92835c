import { expect, test } from '@jest/globals';
import { createMemoryFile, type MemoryFile } from '../src/auth/doubles/memory-file.ts';
import { isJsonObject, type JsonObject } from '../src/foundation/json.ts';
import { createVirtualRuntime, type VirtualRuntime } from '../src/http/doubles/virtual-runtime.ts';
import type { HttpClient } from '../src/http/client.ts';
import { createSimulator, type Simulator } from './simulator/simulator.ts';
import { catalogOf, idsIn, messagesIn, setUpInProcess } from './support/in-process.ts';

const run = setUpInProcess();

const CONTACTS = 6;
const MINUTE_MS = 60_000;

/** Lets a process live up to its nth step, and then never go on. */
const createFate = (last: number) => {
  const steps: string[] = [];
  let die: (step: string) => void = () => undefined;
  const death = new Promise<string>((resolve) => {
    die = resolve;
  });
  const step = async (name: string): Promise<void> => {
    steps.push(name);
    if (steps.length < last) return;
    die(name);
    await new Promise(() => undefined);
  };
  return { step, steps, death };
};

type Fate = ReturnType<typeof createFate>;

const fatefulClient =
  ({ step }: Fate) =>
  (client: HttpClient): HttpClient => ({
    send: async (request, signal) => {
      const name = request.path === '/oauth/token' ? 'refresh' : request.path;
      await step(`${name} not sent`);
      const response = await client.send(request, signal);
      await step(`${name} answered`);
      return response;
    },
  });

/** Dies before and after each write; what it had read is nobody's any more. */
const fatefulFile = (file: MemoryFile, { step }: Fate): MemoryFile => ({
  ...file,
  exclusively: (work) =>
    work(async (content) => {
      await step('file not written');
      file.set(content);
      await step('file written');
    }),
});

/**
 * What is in the pipe when the process dies: nothing, half of the line, or all of it. Its reader is slow, so that a token that
 * is used before it is kept would be on its way by then.
 */
const fatefulPipe = (take: (text: string) => void, { step }: Fate, { sleep }: VirtualRuntime) => {
  return async (text: string): Promise<void> => {
    if (!text.startsWith('{"type":"CONTROL"')) {
      take(text);
      return;
    }
    await step('CONTROL not written');
    await sleep(1000);
    const half = Math.floor(text.length / 2);
    take(text.slice(0, half));
    await step('CONTROL half written');
    await sleep(1000);
    take(text.slice(half));
    await step('CONTROL written');
  };
};

const configIn = (messages: readonly JsonObject[]): JsonObject | undefined => {
  const controls = messages.flatMap(({ control }) => (isJsonObject(control) ? [control] : []));
  const holder = controls.at(-1)?.['connectorConfig'];
  const config = isJsonObject(holder) ? holder['config'] : undefined;
  return isJsonObject(config) ? config : undefined;
};

interface World {
  readonly simulator: Simulator;
  readonly runtime: VirtualRuntime;
  readonly config: JsonObject;
  readonly file: MemoryFile | undefined;
}

const createWorld = (hasFile: boolean): World => {
  const runtime = createVirtualRuntime(Date.UTC(2026, 5, 1));
  const simulator = createSimulator({
    locations: [{ contacts: CONTACTS, opportunities: 0 }],
    now: runtime.now,
  });
  const config = simulator.connectorConfig('oauth');
  simulator.admin.expireAccessTokens();
  return { simulator, runtime, config, file: hasFile ? createMemoryFile() : undefined };
};

const sync = ({ simulator, runtime, config, file }: World) =>
  run({
    simulator,
    runtime,
    files: { config, catalog: catalogOf('contacts') },
    ...(file && { tokenFile: file }),
  });

interface Life {
  /** Undefined when the run came to its end. */
  readonly diedAt: string | undefined;
  /** As the platform has kept it; outside of one nobody keeps it. */
  readonly config: JsonObject;
}

const live = async (world: World, last: number, isConfigKept: boolean): Promise<Life> => {
  const { simulator, runtime, config, file } = world;
  const fate = createFate(last);
  let output = '';
  const ended = run({
    simulator,
    runtime,
    files: { config, catalog: catalogOf('contacts') },
    ...(file && { tokenFile: fatefulFile(file, fate) }),
    around: fatefulClient(fate),
    onOutput: fatefulPipe(
      (text) => {
        output += text;
      },
      fate,
      runtime,
    ),
  });
  const diedAt = await Promise.race([fate.death, ended.then(() => undefined)]);
  return { diedAt, config: (isConfigKept ? configIn(messagesIn(output)) : undefined) ?? config };
};

/** Between these HighLevel has given away a token that nobody has kept. */
const LOST = {
  platform: new Set(['refresh answered', 'CONTROL not written', 'CONTROL half written']),
  file: new Set(['refresh answered', 'file not written']),
};

const keepers = ['platform', 'file'] as const;

const expectComplete = ({ outcome, messages }: Awaited<ReturnType<typeof sync>>): void => {
  expect(outcome).toBe(0);
  expect(idsIn(messages).size).toBe(CONTACTS);
};

const allLives = async (
  keeper: (typeof keepers)[number],
  then: (world: World, diedAt: string) => Promise<void>,
): Promise<readonly string[]> => {
  const deaths: string[] = [];
  for (let last = 1; ; last += 1) {
    const world = createWorld(keeper === 'file');
    const { diedAt, config } = await live(world, last, keeper === 'platform');
    if (diedAt === undefined) return deaths;
    deaths.push(diedAt);
    await then({ ...world, config }, diedAt);
  }
};

test.each(keepers)(
  'a run that was killed at any point goes on within the grace, where the %s keeps the tokens',
  async (keeper) => {
    const deaths = await allLives(keeper, async (world) => {
      const next = await sync(world);
      expectComplete(next);
      world.runtime.set(world.runtime.now() + 5 * MINUTE_MS);
      world.simulator.admin.expireAccessTokens();
      const kept = keeper === 'platform' ? configIn(next.messages) : undefined;
      expectComplete(await sync({ ...world, config: kept ?? world.config }));
    });
    expect(deaths).toEqual(
      expect.arrayContaining([
        'refresh not sent',
        'refresh answered',
        'CONTROL half written',
        'CONTROL written',
      ]),
    );
  },
);

test.each(keepers)(
  'a run that was killed at any point goes on later, or says how to reconnect, where the %s keeps the tokens',
  async (keeper) => {
    let fileWrites = 0;
    const deaths = await allLives(keeper, async (world, diedAt) => {
      world.runtime.set(world.runtime.now() + 5 * MINUTE_MS);
      // Also the access token that somebody may have kept.
      world.simulator.admin.expireAccessTokens();
      // The first write is before the refresh, and proves that there will be a second.
      fileWrites += diedAt === 'file not written' ? 1 : 0;
      const isLost = LOST[keeper].has(diedAt) && !(diedAt === 'file not written' && fileWrites === 1);
      const next = await sync(world);
      if (!isLost) {
        expectComplete(next);
        return;
      }
      expect([diedAt, next.outcome]).toEqual([diedAt, 1]);
      expect(JSON.stringify(next.messages)).toMatch(/sign in again.*--token-file/);
    });
    expect(deaths.length).toBeGreaterThan(10);
  },
);
