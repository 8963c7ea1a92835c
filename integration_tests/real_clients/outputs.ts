import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configuredCatalog, stateFile } from '../support/connection.ts';
import { messagesOf, parseMessages } from '../support/messages-of.ts';
import { type ConnectorInputs, runConnector } from '../support/run-connector.ts';
import type { Agency } from '../../scripts/demo/agency.ts';
import { passADay } from '../../scripts/demo/pass-a-day.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import type { AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import invalidConfig from '../invalid_config.json' with { type: 'json' };

const selectionOf = (streams: readonly AirbyteStream[], mode: SyncMode): Readonly<Record<string, SyncMode>> =>
  Object.fromEntries(
    streams.map(({ name, supported_sync_modes: modes }) => [
      name,
      modes.includes(mode) ? mode : 'full_refresh',
    ]),
  );

const statesIn = (lines: readonly string[]): ReadonlyMap<string, JsonObject> =>
  new Map(
    messagesOf(parseMessages(lines), 'STATE').map(({ state }) => [
      state.stream.stream_descriptor.name,
      state.stream.stream_state,
    ]),
  );

/** Runs every command in the ways that matter, and writes the lines of each to a file of its name in the folder. */
export const writeOutputs = async (
  agency: Agency,
  {
    streams,
    config,
    folder,
  }: { readonly streams: readonly AirbyteStream[]; readonly config: JsonObject; readonly folder: string },
): Promise<void> => {
  const run = async (name: string, command: string, inputs: ConnectorInputs = {}) => {
    const { lines } = await runConnector(command, inputs);
    await writeFile(join(folder, `${name}.jsonl`), `${lines.join('\n')}\n`);
    return lines;
  };
  const good = { config: { json: config } };
  const bad = { config: { json: invalidConfig } };
  const full = { catalog: { json: await configuredCatalog(selectionOf(streams, 'full_refresh')) } };
  const incremental = { catalog: { json: await configuredCatalog(selectionOf(streams, 'incremental')) } };
  await run('spec', 'spec');
  await run('check', 'check', good);
  await run('check of a wrong config', 'check', bad);
  await run('discover', 'discover', good);
  await run('full refresh', 'read', { ...good, ...full });
  const first = await run('first incremental read', 'read', { ...good, ...incremental });
  // A day is longer than an access token lives.
  passADay(agency);
  const state = { json: stateFile(statesIn(first)) };
  await run('second incremental read', 'read', { ...good, ...incremental, state });
  await run('read of a wrong config', 'read', { ...bad, ...full });
};
