import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import spec from '../../spec.json' with { type: 'json' };
import { streams } from '../../src/streams/index.ts';
import { type Documentation, documentationRules } from './documentation-rules.ts';
import { suiteConfig, textOf } from './suite-config.ts';

const documentation = (): Documentation => ({
  page: textOf('docs/highlevel.md'),
  name: 'HighLevel',
  connectionSpecification: spec.connectionSpecification,
  streams: streams.map(({ name }) => name),
});

const BROKEN: readonly (readonly [rule: string, before: string, after: string])[] = [
  ['its headings come in order', '## Setup guide', '## Installation'],
  ['its headings come in order', '## Supported sync modes', '## Sync modes'],
  ['its first heading is the name', '# HighLevel\n', '# GoHighLevel\n\n# HighLevel\n'],
  ['it asks for what is required', '**Authentication**', '**Tokens**'],
  ['it names every stream', '`order_items`', '`orders`'],
];

describe('the page in the form of Airbyte', () => {
  test('is asked for by the configuration of the suite', () => {
    expect(suiteConfig.acceptance_tests.connector_documentation?.tests).toHaveLength(1);
  });

  test.each([...documentationRules])('%s', (_statement, { problems }) => {
    expect(problems(documentation())).toStrictEqual([]);
  });

  test('leads to pages that exist', () => {
    const links = [...documentation().page.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, path = '']) => path);
    const missing = links.filter(
      (path) => !existsSync(fileURLToPath(new URL(`../../docs/${path}`, import.meta.url))),
    );
    expect([links.length > 3, missing]).toStrictEqual([true, []]);
  });

  test('has a rule for each of these, which refuses it', () => {
    expect(new Set(BROKEN.map(([name]) => name))).toStrictEqual(new Set(documentationRules.keys()));
  });

  test.each(BROKEN)('%s: refused without %s', (name, before, after) => {
    const { page, ...rest } = documentation();
    expect(
      documentationRules.get(name)?.problems({ ...rest, page: page.replace(before, after) }),
    ).toHaveLength(1);
  });
});
