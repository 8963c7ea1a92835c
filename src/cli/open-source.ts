import { createRedactor } from '../foundation/redact.ts';
import type { AirbyteLogger } from '../protocol/logger.ts';
import type { Source } from '../source/source.ts';
import type { CliDependencies } from './cli-dependencies.ts';
import type { OutputReader } from './command.ts';

export interface OpenedSource {
  readonly source: Source;
  readonly log: AirbyteLogger;
}

/** Loads what only a command that does something needs: `spec`, a container start of its own, is to answer at once. */
export const openSource = async (
  args: readonly string[],
  dependencies: CliDependencies,
  reader: OutputReader,
): Promise<OpenedSource> => {
  const [{ createSource }, { createAirbyteLogger }, { createSideEmitter }, { streams }] = await Promise.all([
    import('../source/source.ts'),
    import('../protocol/logger.ts'),
    import('../protocol/side-emitter.ts'),
    import('../streams/index.ts'),
  ]);
  const { env, aside } = dependencies;
  const emitter =
    reader === 'platform' ? dependencies.emitter : createSideEmitter(dependencies.emitter, aside);
  const redactor = createRedactor();
  const isDebug = args.includes('--debug') || env['LOG_LEVEL']?.toLowerCase() === 'debug';
  const log = createAirbyteLogger({
    emitter,
    level: isDebug ? 'debug' : 'info',
    redact: redactor.redact,
  });
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    log.warn('NODE_TLS_REJECT_UNAUTHORIZED does nothing here: certificates are always verified.');
  }
  const source = createSource({
    ...dependencies,
    emitter,
    log,
    redactor,
    streams,
    watch: await dependencies.openWatch?.(),
    job: {
      id: env['WORKER_JOB_ID'] === '' ? undefined : env['WORKER_JOB_ID'],
      isFirstAttempt: env['WORKER_JOB_ATTEMPT'] === '0',
      dataChannel: env['DATA_CHANNEL_MEDIUM'],
    },
  });
  return { source, log };
};
