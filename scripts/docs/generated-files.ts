import { format, resolveConfig } from 'prettier';
import type { AirbyteStream } from '../../src/protocol/messages.ts';
import type { JsonObject } from '../../src/foundation/json.ts';
import { toAirbyteStream } from '../../src/stream/airbyte-stream.ts';
import type { StreamDefinition } from '../../src/stream/definition.ts';
import { errorsDocument } from './errors-document.ts';
import { streamsDocument } from './streams-document.ts';

/** A file that follows from the declarations of the streams and errors. */
export interface GeneratedFile {
  /** From the top of the repository. */
  readonly path: string;
  readonly content: string;
}

/** As a user would choose it; the empty schema selects every column. */
const configuredStream = (stream: AirbyteStream): JsonObject => {
  const isIncremental = stream.supported_sync_modes.includes('incremental');
  return {
    stream: { ...stream, json_schema: {} },
    sync_mode: isIncremental ? 'incremental' : 'full_refresh',
    destination_sync_mode: isIncremental ? 'append_dedup' : 'overwrite',
    ...(stream.default_cursor_field !== undefined && { cursor_field: stream.default_cursor_field }),
    primary_key: stream.source_defined_primary_key,
  };
};

const configuredCatalog = (streams: readonly StreamDefinition[]): string =>
  JSON.stringify({ streams: streams.map((stream) => configuredStream(toAirbyteStream(stream))) });

/** The files as they should be, formatted like the rest of the repository. */
export const generatedFiles = async (
  streams: readonly StreamDefinition[],
): Promise<readonly GeneratedFile[]> => {
  const style = await resolveConfig(import.meta.filename);
  const texts: Readonly<Record<string, string>> = {
    'docs/errors.md': errorsDocument(),
    'docs/streams.md': streamsDocument(streams),
    'integration_tests/configured_catalog.json': configuredCatalog(streams),
  };
  return Promise.all(
    Object.entries(texts).map(async ([path, text]) => ({
      path,
      content: await format(text, { ...style, filepath: path }),
    })),
  );
};
