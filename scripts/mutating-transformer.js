// Lets jest see the sources with the edits of a mutation (integration_tests/mutations).
import { relative } from 'node:path';
import { createTransformer as createSwcTransformer } from '@swc/jest';

/** @param {{ own: object, edits: readonly { file: string, find: string, replace: string }[] }} options */
export const createTransformer = ({ own, edits }) => {
  const swc = createSwcTransformer(own);
  const mutated = (text, path, { config }) => {
    const file = relative(config.rootDir, path).replaceAll('\\', '/');
    return edits
      .filter((edit) => edit.file === file)
      .reduce((current, { find, replace }) => {
        if (current.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
        return current.replace(find, () => replace);
      }, text);
  };
  return {
    ...swc,
    getCacheKey: (text, path, options) => swc.getCacheKey(mutated(text, path, options), path, options),
    process: (text, path, options) => swc.process(mutated(text, path, options), path, options),
    processAsync: (text, path, options) => swc.processAsync(mutated(text, path, options), path, options),
  };
};
