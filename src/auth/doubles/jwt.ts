import type { JsonValue } from '../../foundation/json.ts';

const part = (value: JsonValue): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** For tests: a token with this payload and a signature that is none. */
export const jwt = (payload: JsonValue): string => `${part({ alg: 'RS256' })}.${part(payload)}.c2lnbmF0dXJl`;
