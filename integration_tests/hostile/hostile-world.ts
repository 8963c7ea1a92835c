import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import { createVirtualRuntime, type VirtualRuntime } from '../../src/http/doubles/virtual-runtime.ts';
import type { AirbyteMessage, AirbyteStream } from '../../src/protocol/messages.ts';
import type { ConfigKind } from '../simulator/connector-config.ts';
import type { SimulatorOptions } from '../simulator/options.ts';
import { createSimulator, type Simulator } from '../simulator/simulator.ts';
import { stateFile } from '../support/connection.ts';
import { createRecordCheck, judgeRun, type RecordCheck } from '../support/judge-run.ts';
import { messagesOf, parseMessages, streamsOf } from '../support/messages-of.ts';
import { type InProcessOutput, runInProcess, type Tamper } from './run-in-process.ts';

/** What a run printed, found free of what is never allowed. */
export interface JudgedRun extends InProcessOutput {
  readonly messages: readonly AirbyteMessage[];
  /** The last state of each stream. */
  readonly states: ReadonlyMap<string, JsonObject>;
  /** Keys of the records. */
  readonly keys: ReadonlySet<string>;
}

export interface HostileWorld {
  readonly simulator: Simulator;
  readonly runtime: VirtualRuntime;
  readonly config: (kind?: ConfigKind) => JsonObject;
  readonly read: (selection: readonly string[], options?: ReadOptions) => Promise<JudgedRun>;
}

export interface ReadOptions {
  readonly mode?: 'incremental' | 'full_refresh';
  readonly states?: ReadonlyMap<string, JsonObject>;
  /** Instead of `states`. */
  readonly stateText?: string;
  readonly catalogText?: string;
  readonly config?: JsonObject;
  readonly tamper?: Tamper;
  readonly secrets?: readonly string[];
}

interface Discovered {
  readonly streams: readonly AirbyteStream[];
  readonly check: RecordCheck;
}

let discovered: Promise<Discovered> | undefined;

/** Every stream, as `discover` prints it. */
export const discoverInProcess = (): Promise<Discovered> =>
  (discovered ??= (async () => {
    const config = JSON.stringify({
      credentials: { auth_type: 'private_integration_token', location_tokens: 'LOC pit-1' },
      costly_streams: ['contact_notes', 'contact_attributions'],
    });
    const { lines } = await runInProcess('discover', { runtime: createVirtualRuntime(), files: { config } });
    const streams = streamsOf(parseMessages(lines));
    return { streams, check: createRecordCheck(streams) };
  })());

export const catalogOf = async (names: readonly string[], mode: string): Promise<JsonObject> => {
  const { streams } = await discoverInProcess();
  return {
    streams: streams
      .filter(({ name }) => names.includes(name))
      .map((stream): JsonObject => ({
        stream: { ...stream },
        sync_mode: mode,
        destination_sync_mode: 'append',
      })),
  };
};

const keyOf = ({ stream, data }: { readonly stream: string; readonly data: JsonObject }): string =>
  JSON.stringify([stream, data['location_id'] ?? null, textAt(data, 'id') ?? null]);

export const toJudged = (output: InProcessOutput): JudgedRun => {
  const messages = parseMessages(output.lines);
  return {
    ...output,
    messages,
    states: new Map(
      messagesOf(messages, 'STATE').map(({ state }) => [
        state.stream.stream_descriptor.name,
        state.stream.stream_state,
      ]),
    ),
    keys: new Set(messagesOf(messages, 'RECORD').map(({ record }) => keyOf(record))),
  };
};

/** Keys that no run brought. */
export const missing = (
  wanted: ReadonlySet<string>,
  ...got: readonly ReadonlySet<string>[]
): readonly string[] => [...wanted].filter((key) => !got.some((keys) => keys.has(key)));

/** @throws Error that says what is wrong with what the command printed */
export const rejectProblems = (problems: readonly string[], { lines }: InProcessOutput): void => {
  if (problems.length === 0) return;
  const tail = lines.slice(-5).map((line) => line.slice(0, 600));
  throw new Error(`${problems.join('\n')}\n\nThe last lines were:\n${tail.join('\n')}`);
};

/** The first of June: the same options make the same world, down to the last id. */
const NOW_MS = Date.UTC(2026, 5, 1);

/** A small HighLevel in this process, on a clock that jumps over waits. */
export const createHostileWorld = (options: SimulatorOptions = {}): HostileWorld => {
  const runtime = createVirtualRuntime(NOW_MS);
  const simulator = createSimulator({
    locations: [{ contacts: 4, opportunities: 3, campaigns: 2 }],
    now: runtime.now,
    sleep: runtime.sleep,
    ...options,
    knobs: { rateLimits: 'off', ...options.knobs },
  });
  const config: HostileWorld['config'] = (kind = 'oauth') =>
    simulator.connectorConfig(kind, { costly_streams: ['contact_notes', 'contact_attributions'] });
  const secretsIn = ({ credentials }: JsonObject): readonly string[] =>
    isJsonObject(credentials)
      ? ['client_secret', 'refresh_token', 'access_token'].flatMap((key) => textAt(credentials, key) ?? [])
      : [];
  return {
    simulator,
    runtime,
    config,
    read: async (names, read = {}) => {
      const { mode = 'incremental', states = new Map(), secrets = [] } = read;
      const used = read.config ?? config();
      const output = await runInProcess('read', {
        runtime,
        handle: simulator.handle,
        ...(read.tamper !== undefined && { tamper: read.tamper }),
        files: {
          config: JSON.stringify(used),
          catalog: read.catalogText ?? JSON.stringify(await catalogOf(names, mode)),
          state: read.stateText ?? JSON.stringify(stateFile(states)),
        },
      });
      const { check } = await discoverInProcess();
      const known = [
        ...secrets,
        ...secretsIn(used),
        ...simulator.world.locationIds().map(simulator.locationToken),
      ];
      const judged = { output, secrets: known, isCut: false };
      // Whatever comes from outside, the connector knows what to say of it.
      const bugs = output.lines.filter((line) => line.includes('Something went wrong in the connector'));
      rejectProblems([...bugs, ...judgeRun(judged, { selected: names, check })], output);
      return toJudged(output);
    },
  };
};
