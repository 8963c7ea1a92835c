import type { ConnectorError } from '../foundation/errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, textAt } from '../foundation/json.ts';
import type { SyncMode } from './messages.ts';
import { inputError } from './input-errors.ts';

/** A stream the user selected. */
export interface ConfiguredStream {
  readonly kind: 'configured';
  readonly name: string;
  readonly syncMode: SyncMode;
  /** The top-level fields the user selected; undefined if the catalog names none, which means all. */
  readonly selectedFields: ReadonlySet<string> | undefined;
}

/** A stream that cannot be read as configured; the others can. */
export interface InvalidStream {
  readonly kind: 'invalid';
  readonly name: string;
  readonly error: ConnectorError;
}

export interface ConfiguredCatalog {
  readonly streams: readonly (ConfiguredStream | InvalidStream)[];
}

const selectedFields = (stream: JsonObject): ReadonlySet<string> | undefined => {
  const schema = stream['json_schema'];
  const properties = isJsonObject(schema) ? schema['properties'] : undefined;
  const names = isJsonObject(properties) ? Object.keys(properties) : [];
  return names.length === 0 ? undefined : new Set(names);
};

const invalid = (problem: string): Error => inputError('catalog_invalid', { problem });

const parseStream = (entry: unknown, index: number): ConfiguredStream | InvalidStream => {
  const stream = isJsonObject(entry) ? entry['stream'] : undefined;
  const name = isJsonObject(stream) ? textAt(stream, 'name') : undefined;
  if (!isJsonObject(entry) || !isJsonObject(stream) || name === undefined) {
    throw invalid(`its stream number ${index + 1} has no "stream" with a "name"`);
  }
  // The protocol's default when the mode is absent.
  const syncMode = entry['sync_mode'] ?? 'full_refresh';
  if (syncMode !== 'full_refresh' && syncMode !== 'incremental') {
    return { kind: 'invalid', name, error: inputError('sync_mode_unknown', { stream: name }) };
  }
  return { kind: 'configured', name, syncMode, selectedFields: selectedFields(stream) };
};

/**
 * Reads the configured catalog; what only destinations use is ignored, so that newer platforms do not break us.
 * @throws ConnectorError (config_error) if streams cannot be told from it
 */
export const parseConfiguredCatalog = (json: unknown): ConfiguredCatalog => {
  const entries = isJsonObject(json) ? json['streams'] : undefined;
  if (isJsonObject(json) && json['type'] === 'CATALOG') {
    throw inputError('catalog_not_configured', {});
  }
  if (!isJsonArray(entries)) throw invalid('it has no list of "streams"');
  const streams = entries.map(parseStream);
  const names = new Set<string>();
  for (const { name } of streams) {
    if (names.has(name)) throw invalid(`it lists the stream ${name} twice`);
    names.add(name);
  }
  return { streams };
};
