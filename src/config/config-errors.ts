import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

/** What can be wrong with a configuration. */
export const CONFIG_ERRORS = {
  config_invalid: {
    type: 'config_error',
    reach: 'sync',
    message: 'The configuration is not valid: {problems}.',
    cause:
      'Settings that are missing, unknown or out of their range. Values are not shown, because they may be secret.',
    cure: 'Correct every setting that the message names; `spec` and docs/setup.md say what each may be.',
  },
} as const satisfies ErrorTable;

export const configurationError = errorsOf(CONFIG_ERRORS);
