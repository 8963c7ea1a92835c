/**
 * Loads what the connector's command line loads only when a command needs it. To be imported where a clock jumps as soon as
 * nothing can run: it would take the reading of files for a standstill.
 */
await Promise.all([
  import('../../src/cli/command-line.ts'),
  // As the command line does it, because a bundler makes files of their own for what is imported like this.
  import('../../src/source/source.ts'),
  import('../../src/protocol/logger.ts'),
  import('../../src/protocol/side-emitter.ts'),
  import('../../src/streams/index.ts'),
]);
export {};
