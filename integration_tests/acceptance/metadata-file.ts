import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { textOf } from './suite-config.ts';

/** @throws TypeError when it is no object */
export const readMetadata = (): JsonObject => {
  const value: unknown = parse(textOf('metadata.yaml'));
  if (isJsonObject(value)) return value;
  throw new TypeError('metadata.yaml is not an object.');
};
