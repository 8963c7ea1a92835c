const HEADING = /^## \[([^\]]+)\]/;

/**
 * What the changelog says of a version, without its heading.
 * @throws Error when it says nothing, or when something newer than the version is still unreleased
 */
export const releaseNotes = (changelog: string, version: string): string => {
  const entries = changelog.split(/^(?=## \[)/m);
  const unreleased = entries.find((entry) => HEADING.exec(entry)?.[1] === 'Unreleased');
  if (unreleased !== undefined && unreleased.split('\n').slice(1).join('').trim() !== '')
    throw new Error('CHANGELOG.md has unreleased changes: give them the version and the date.');
  const entry = entries.find((text) => HEADING.exec(text)?.[1] === version) ?? '';
  const notes = entry.split('\n').slice(1).join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
};
