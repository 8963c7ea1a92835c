import { Writable } from 'node:stream';
import type { CliDependencies } from '../cli-dependencies.ts';

/** For tests: a machine without a network, files and a keyboard. A test that needs one of them says so. */
export const bareMachine: Omit<CliDependencies, 'emitter' | 'runtime' | 'signal'> = {
  aside: new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  }),
  createClient: () => ({ send: () => Promise.reject(new Error('There is no network.')) }),
  readTextFile: (path) => Promise.reject(new Error(`There is no file ${path}.`)),
  openSharedFile: (path) => {
    throw new Error(`There is no file ${path}.`);
  },
  openLoginMachine: () => Promise.reject(new Error('Nobody signs in.')),
  say: () => undefined,
  env: {},
  version: '0.0.0',
  // So that little is in flight at once.
  heapLimitBytes: 0,
};
