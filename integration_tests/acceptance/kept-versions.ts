import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import { textOf } from './suite-config.ts';

const FOLDER = 'integration_tests/acceptance';

/** What earlier versions printed and this one must stay compatible with, by version. */
export const keptVersions = (kind: 'spec' | 'catalog'): readonly (readonly [version: string, JsonObject])[] =>
  readdirSync(fileURLToPath(new URL('.', import.meta.url))).flatMap((name) => {
    const version = new RegExp(`^${kind}-(\\d+\\.\\d+\\.\\d+)\\.json$`).exec(name)?.[1];
    if (version === undefined) return [];
    const value: unknown = JSON.parse(textOf(`${FOLDER}/${name}`));
    if (!isJsonObject(value)) throw new TypeError(`${name} is no object.`);
    return [[version, value] as const];
  });
