import { describe, expect, test } from '@jest/globals';
import packageJson from '../package.json' with { type: 'json' };
import { releaseNotes } from '../scripts/release/release-notes.ts';
import { versions } from '../scripts/release/versions.ts';

describe('a release', () => {
  test('has one version, in every file that names it', async () => {
    const named = await versions();
    expect(named.size).toBe(5);
    expect(new Set(named.values())).toStrictEqual(new Set([packageJson.version]));
  });

  const OLD = '## [1.2.2] - 2026-01-01\n\n- Old.\n';

  test('has the notes of its own entry', () => {
    const changelog = `# Changelog\n\nWords.\n\n## [Unreleased]\n\n## [1.2.3] - 2026-01-02\n\n### Added\n\n- New.\n\n${OLD}`;
    expect(releaseNotes(changelog, '1.2.3')).toBe('### Added\n\n- New.\n');
    expect(releaseNotes(changelog, '1.2.2')).toBe('- Old.\n');
  });

  test('is not made while changes wait for a version', () => {
    expect(() => releaseNotes(`## [Unreleased]\n\n- New.\n\n${OLD}`, '1.2.2')).toThrow('unreleased changes');
  });

  test.each(['1.2.3', '1.2', 'Unreleased'])('is not made of %s, of which nothing is said', (version) => {
    expect(() => releaseNotes(`## [Unreleased]\n\n${OLD}`, version)).toThrow(`says nothing of ${version}.`);
  });
});
