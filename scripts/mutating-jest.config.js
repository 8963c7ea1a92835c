// The project's own configuration, but for what the files become: the edits of a mutation, as JSON in MUTATION.
import { env } from 'node:process';
import own from '../jest.config.js';

const [[pattern, [, options]]] = Object.entries(own.transform);
const edits = JSON.parse(env.MUTATION ?? '[]');

/** @type {import('jest').Config} */
export default {
  ...own,
  rootDir: '..',
  transform: { [pattern]: ['<rootDir>/scripts/mutating-transformer.js', { own: options, edits }] },
};
