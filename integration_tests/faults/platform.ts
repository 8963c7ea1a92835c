import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';
import type { AirbyteMessage, AirbyteStream, SyncMode } from '../../src/protocol/messages.ts';
import type { ConfigKind } from '../simulator/connector-config.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { messagesOf } from '../support/messages-of.ts';
import type { Setting } from './schedule.ts';
import { withSetting } from './settings.ts';

/** A connection as a platform keeps it: config, catalog, and the last state of each stream. */
export interface Platform {
  readonly config: () => JsonObject;
  readonly catalog: JsonObject;
  readonly state: () => readonly JsonObject[] | undefined;
  /** Locations that the state of a stream has an entry of. */
  readonly knownLocations: () => ReadonlyMap<string, readonly string[]>;
  /** Locations that the last syncs have skipped knowingly, as the states say. */
  readonly skippedLocations: () => readonly string[];
  /** Keeps the STATE and CONTROL messages that arrived whole. */
  readonly keep: (messages: readonly AirbyteMessage[]) => void;
  readonly change: (setting: Setting) => void;
  /** Signs in anew. */
  readonly reconnect: () => void;
  /** Whether the refresh token that is kept still is the newest of its chain. */
  readonly hasNewestToken: () => boolean;
  readonly isSelected: (locationId: string) => boolean;
  /** Whether the user has named it. */
  readonly isNamed: (locationId: string) => boolean;
  /** Whether the user wants to go without locations that refuse. */
  readonly mayDoWithout: () => boolean;
  /** Epoch ms. */
  readonly startDate: () => number | undefined;
}

interface PlatformOptions {
  readonly simulator: Simulator;
  readonly signIn: ConfigKind;
  readonly now: () => number;
  readonly streams: readonly AirbyteStream[];
  readonly modes: ReadonlyMap<string, SyncMode>;
  readonly lookbackMinutes: number | undefined;
}

const configured = (streams: readonly AirbyteStream[], name: string, mode: SyncMode): JsonObject => {
  const stream = streams.find((candidate) => candidate.name === name);
  if (stream === undefined) throw new RangeError(`${name} was not discovered.`);
  return {
    stream: { ...stream },
    sync_mode: mode,
    destination_sync_mode: mode === 'incremental' ? 'append_dedup' : 'overwrite',
    cursor_field: [...(stream.default_cursor_field ?? [])],
  };
};

const refreshTokenOf = ({ credentials }: JsonObject): string | undefined =>
  isJsonObject(credentials) ? textAt(credentials, 'refresh_token') : undefined;

const listed = (config: JsonObject, name: string): readonly string[] => {
  const list = config[name];
  return isJsonArray(list) ? list.filter((id) => typeof id === 'string') : [];
};

/** Locations that the credentials open. */
const locationsOf = (
  { world }: Simulator,
  signIn: ConfigKind,
  { credentials }: JsonObject,
): readonly string[] => {
  const ids = world.locationIds();
  if (signIn === 'oauth') return ids;
  if (signIn === 'oauth_location') return ids.slice(0, 1);
  const lines = isJsonObject(credentials) ? textAt(credentials, 'location_tokens') : undefined;
  return ids.filter((id) => lines?.includes(id) === true);
};

const locationsIn = ({ states }: JsonObject): readonly string[] =>
  (isJsonArray(states) ? states : []).flatMap((entry) => {
    const partition = isJsonObject(entry) ? entry['partition'] : undefined;
    return isJsonObject(partition) ? (textAt(partition, 'location_id') ?? []) : [];
  });

export const createPlatform = (options: PlatformOptions): Platform => {
  const { simulator, signIn, now, streams, modes, lookbackMinutes } = options;
  const states = new Map<string, JsonObject>();
  const signedIn = (): JsonObject => simulator.connectorConfig(signIn);
  let config: JsonObject = {
    ...signedIn(),
    ...(lookbackMinutes !== undefined && { lookback_window_minutes: lookbackMinutes }),
  };
  const ownLocations = (): readonly string[] => locationsOf(simulator, signIn, config);
  return {
    config: () => config,
    catalog: { streams: [...modes].map(([name, mode]) => configured(streams, name, mode)) },
    state: () =>
      states.size === 0
        ? undefined
        : [...states].map(([name, state]) => ({
            type: 'STREAM',
            stream: { stream_descriptor: { name }, stream_state: state },
          })),
    skippedLocations: () => [...states.values()].flatMap((state) => listed(state, 'skipped_locations')),
    knownLocations: () => new Map([...states].map(([name, state]) => [name, locationsIn(state)])),
    keep: (messages) => {
      for (const { state } of messagesOf(messages, 'STATE'))
        states.set(state.stream.stream_descriptor.name, state.stream.stream_state);
      for (const { control } of messagesOf(messages, 'CONTROL')) config = control.connectorConfig.config;
    },
    change: (setting) => {
      config = withSetting(config, setting, { locationIds: ownLocations(), nowMs: now() });
    },
    reconnect: () => {
      simulator.admin.signInAgain();
      config = { ...config, credentials: signedIn()['credentials'] ?? null };
    },
    hasNewestToken: () => refreshTokenOf(config) === refreshTokenOf(signedIn()),
    isSelected: (locationId) => {
      const only = listed(config, 'location_ids');
      return (
        ownLocations().includes(locationId) &&
        (only.length === 0 || only.includes(locationId)) &&
        !listed(config, 'exclude_location_ids').includes(locationId)
      );
    },
    isNamed: (locationId) => listed(config, 'location_ids').includes(locationId),
    mayDoWithout: () => config['inaccessible_locations'] === 'skip_all',
    startDate: () => {
      const text = textAt(config, 'start_date');
      return text === undefined ? undefined : Date.parse(text);
    },
  };
};
