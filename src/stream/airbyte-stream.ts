import type { AirbyteStream } from '../protocol/messages.ts';
import type { JsonObject } from '../foundation/json.ts';
import type { StreamDefinition } from './definition.ts';
import { incrementalReader } from './reader.ts';

/** The JSON Schema of a stream's records. */
export const schemaOf = ({ columns }: StreamDefinition): JsonObject => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  additionalProperties: true,
  properties: Object.fromEntries(Object.entries(columns).map(([name, { schema }]) => [name, schema])),
});

/** The stream as the catalog of `discover` describes it. */
export const toAirbyteStream = (stream: StreamDefinition): AirbyteStream => {
  const common = {
    name: stream.name,
    json_schema: schemaOf(stream),
    source_defined_primary_key: stream.primaryKey.map((column) => [column]),
  };
  const incremental = incrementalReader(stream);
  return incremental === undefined
    ? { ...common, supported_sync_modes: ['full_refresh'], is_resumable: false }
    : {
        ...common,
        supported_sync_modes: ['full_refresh', 'incremental'],
        source_defined_cursor: true,
        default_cursor_field: [incremental.cursorColumn],
        is_resumable: true,
      };
};
