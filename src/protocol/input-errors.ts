import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

/** What can be wrong with a catalog or a state, and with the output. */
export const INPUT_ERRORS = {
  catalog_invalid: {
    type: 'config_error',
    reach: 'sync',
    message: 'The catalog is not valid: {problem}.',
    cause: 'The file given as --catalog was written by hand or by a tool, and is damaged.',
    cure: 'Take integration_tests/configured_catalog.json for a pattern; in Airbyte, refresh the schema of the source.',
  },
  catalog_not_configured: {
    type: 'config_error',
    reach: 'sync',
    message:
      'This is the catalog that discover prints. A read wants a configured catalog, which also says how to sync each stream.',
    cause: 'The output of `discover` was given as --catalog.',
    cure: 'Give each stream a `sync_mode` and a `destination_sync_mode`, as integration_tests/configured_catalog.json does.',
  },
  state_invalid: {
    type: 'config_error',
    reach: 'sync',
    message:
      "The state is not valid: {problem}. Expected a list of stream states such as {example}. Reset the connection's state; the next sync then reads everything again.",
    cause: 'The file given as --state is not what a read printed, or somebody edited it.',
    cure: 'Go back to an earlier state that is whole, or reset it.',
  },
  sync_mode_unknown: {
    type: 'config_error',
    reach: 'stream',
    message:
      'The stream {stream} has an unknown sync mode in the catalog. Choose full_refresh or incremental.',
    cause: 'A catalog that was written by hand or by a tool.',
    cure: 'As the message says; in Airbyte, refresh the schema of the source.',
  },
  output_failed: {
    type: 'system_error',
    reach: 'sync',
    message: 'The output could not be written.',
    cause: 'A disk that is full, where the output goes into a file.',
    cure: 'Make room, and sync again from the last state that was written.',
  },
} as const satisfies ErrorTable;

export const inputError = errorsOf(INPUT_ERRORS);
