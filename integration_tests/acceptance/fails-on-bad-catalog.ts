import type { JsonObject } from '../../src/foundation/json.ts';
import { launch } from './launcher.ts';
import { errorTraces, rawMessages, recordsIn } from './raw-messages.ts';

/** The one that Airbyte's tests use: a stream that does not exist, and a sync mode that does not either. */
const BAD_CATALOG: JsonObject = {
  streams: [
    {
      stream: {
        name: '__AIRBYTE__stream_that_does_not_exist',
        json_schema: { type: 'object', properties: { f1: { type: 'string' } } },
        supported_sync_modes: ['full_refresh'],
      },
      sync_mode: 'INVALID',
      destination_sync_mode: 'INVALID',
    },
  ],
};

/** @returns what is wrong with how a read of a catalog ends that nobody could read */
export const failsOnBadCatalog = async (config: JsonObject): Promise<readonly string[]> => {
  const output = await launch('read', { config, catalog: BAD_CATALOG });
  const messages = rawMessages(output.lines);
  return [
    ...(errorTraces(messages).length === 0 ? ['there is no error message'] : []),
    ...(output.exitCode === 0 ? ['it exits with 0'] : []),
    ...(recordsIn(messages).length > 0 ? ['there are records'] : []),
  ];
};
