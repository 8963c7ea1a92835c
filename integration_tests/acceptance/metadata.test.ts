import { describe, expect, test } from '@jest/globals';
import packageJson from '../../package.json' with { type: 'json' };
import { isJsonObject, type JsonValue } from '../../src/foundation/json.ts';
import { replaced } from './changed.ts';
import { readMetadata } from './metadata-file.ts';
import { metadataRules } from './metadata-rules.ts';
import { objectAt } from './raw-messages.ts';

const FORM = 'there is all that is asked for, and nothing that is not known';

const BROKEN: readonly (readonly [rule: string, path: string, value: JsonValue | undefined])[] = [
  [FORM, 'version', '1'],
  [FORM, 'metadataSpecVersion', '2.0'],
  [FORM, 'data/language', 'typescript'],
  [FORM, 'data/definitionId', 'highlevel'],
  [FORM, 'data/license', undefined],
  [FORM, 'data/dockerImageTag', 'v0.1'],
  [FORM, 'data/connectorSubtype', 'crm'],
  [FORM, 'data/documentationUrl', 'README.md'],
  [FORM, 'data/releaseDate', '22.11.2026'],
  [FORM, 'data/tags/1', 'crm'],
  [FORM, 'data/registryOverrides/oss', {}],
  [FORM, 'data/connectorTestSuitesOptions/0/suite', 'unit'],
  [FORM, 'data/externalDocumentationUrls/0/url', undefined],
  ['one tag names the language', 'data/tags', ['keyword:crm']],
  ['a major version says what it breaks', 'data/dockerImageTag', '2.0.0'],
  ['hosts are named', 'data/allowedHosts/hosts', []],
  ['streams are suggested', 'data/suggestedStreams', undefined],
];

const find = (name: string, metadata: JsonValue) =>
  isJsonObject(metadata) ? metadataRules.get(name)?.problems(metadata) : undefined;

describe('metadata', () => {
  test.each([...metadataRules])('%s', (_statement, { problems }) => {
    expect(problems(readMetadata())).toStrictEqual([]);
  });

  test('agree with the package', () => {
    const data = objectAt(readMetadata(), 'data');
    expect([
      data['dockerImageTag'],
      data['dockerRepository'],
      data['githubIssueLabel'],
      data['license'],
    ]).toStrictEqual([packageJson.version, packageJson.name, packageJson.name, packageJson.license]);
  });

  test('have a rule for each of these, which refuses it', () => {
    expect(new Set(BROKEN.map(([name]) => name))).toStrictEqual(new Set(metadataRules.keys()));
  });

  test.each(BROKEN)('%s: refused with another %s', (name, path, value) => {
    expect(find(name, replaced(readMetadata(), path, value))).toHaveLength(1);
  });

  test('a major version that says what it breaks is accepted', () => {
    const changes = { '2.0.0': { message: 'Reset.', upgradeDeadline: '2027-01-31' } };
    const major = replaced(replaced(readMetadata(), 'data/dockerImageTag', '2.0.0'), 'data/releases', {
      breakingChanges: changes,
    });
    expect(
      isJsonObject(major) && [...metadataRules.values()].flatMap(({ problems }) => problems(major)),
    ).toStrictEqual([]);
  });
});
