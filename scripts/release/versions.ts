import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject, textAt } from '../../src/foundation/json.ts';

const textOf = (path: string): Promise<string> => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

const objectIn = (parsed: unknown): JsonObject => (isJsonObject(parsed) ? parsed : {});

const foundIn = (pattern: RegExp, text: string): string | undefined => pattern.exec(text)?.[1];

/** What each file that names the version says of it; undefined where it says nothing. */
export const versions = async (): Promise<ReadonlyMap<string, string | undefined>> => {
  const lock = objectIn(JSON.parse(await textOf('package-lock.json')));
  const metadata = objectIn(parse(await textOf('metadata.yaml')));
  return new Map([
    ['package.json', textAt(objectIn(JSON.parse(await textOf('package.json'))), 'version')],
    ['package-lock.json', textAt(lock, 'version')],
    ['metadata.yaml', textAt(objectIn(metadata['data']), 'dockerImageTag')],
    ['Dockerfile', foundIn(/io\.airbyte\.version="([^"]*)"/, await textOf('Dockerfile'))],
    ['CHANGELOG.md', foundIn(/^## \[(\d+\.\d+\.\d+)\]/m, await textOf('CHANGELOG.md'))],
  ]);
};
