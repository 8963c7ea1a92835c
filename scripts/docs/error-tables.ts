import { AUTH_ERRORS } from '../../src/auth/auth-errors.ts';
import { CONFIG_ERRORS } from '../../src/config/config-errors.ts';
import { HTTP_ERRORS } from '../../src/http/http-errors.ts';
import { INPUT_ERRORS } from '../../src/protocol/input-errors.ts';
import { SOURCE_ERRORS } from '../../src/source/source-errors.ts';
import { STREAM_ERRORS } from '../../src/stream/stream-errors.ts';

/** Every error with a code, by the part of the connector that declares it, in the order in which a sync meets them. */
export const errorTables = {
  'Settings, catalog and state': { ...CONFIG_ERRORS, ...INPUT_ERRORS },
  'Signing in': AUTH_ERRORS,
  'Locations and streams': SOURCE_ERRORS,
  Requests: HTTP_ERRORS,
  Rows: STREAM_ERRORS,
} as const;
