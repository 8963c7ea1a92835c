import type { Writable } from 'node:stream';
import type { SharedFile } from './auth/shared-file.ts';
import { connectorSpecification } from './config/connector-specification.ts';
import { configError, systemError, toConnectorError } from './foundation/errors.ts';
import { isTooDeep, MOST_LEVELS } from './foundation/nesting.ts';
import { createRedactor } from './foundation/redact.ts';
import type { Runtime } from './foundation/runtime.ts';
import type { HttpClient } from './http/client.ts';
import type { MessageEmitter } from './protocol/emitter.ts';
import type { AirbyteLogger } from './protocol/logger.ts';
import { isReaderGone } from './protocol/reader-gone.ts';
import type { Input, Source } from './source/source.ts';

/** What the command line takes from the process. */
export interface CliDependencies {
  readonly emitter: MessageEmitter;
  /** Takes the log lines of commands whose output is not for the platform. */
  readonly aside: Writable;
  readonly runtime: Runtime;
  readonly createClient: (apiUrl: string) => HttpClient;
  readonly readTextFile: (path: string) => Promise<string>;
  readonly openSharedFile: (path: string) => SharedFile;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** What the process may use for objects. */
  readonly heapLimitBytes: number;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
}

/** The end of a command: an exit code, or that it was told to stop before its end. */
export type CliOutcome = number | 'interrupted';

/** Who reads the output: the platform reads messages; others get what they asked for, and the log aside. */
type Reader = 'platform' | 'other';

type Command = (openSource: (reader?: Reader) => Promise<Source>) => Promise<number>;

interface ParsedArguments {
  readonly command: Command;
  readonly isRead: boolean;
}

const config = {
  type: 'string',
  requiresArg: true,
  demandOption: true,
  describe: 'Path of the configuration (JSON)',
} as const;
const catalog = {
  type: 'string',
  requiresArg: true,
  demandOption: true,
  describe: 'Path of the configured catalog (JSON)',
} as const;
const state = {
  type: 'string',
  requiresArg: true,
  describe: 'Path of the state to start from (JSON)',
} as const;

const tokenFile = {
  type: 'string',
  requiresArg: true,
  describe:
    'Path of a file that keeps the renewed OAuth tokens from run to run, where nobody keeps the CONTROL messages; its folder has to be writable. Default: $HIGHLEVEL_TOKEN_FILE',
} as const;

interface Files {
  readonly input: (kind: string, path: string | undefined) => Input;
  readonly tokenFile: (path: string | undefined) => SharedFile | undefined;
}

const configInputsFrom =
  ({ input, tokenFile: fileAt }: Files) =>
  (options: { readonly config: string; readonly tokenFile: string | undefined }) => ({
    config: input('configuration', options.config),
    tokenFile: fileAt(options.tokenFile),
  });

interface ReadOptions {
  readonly config: string;
  readonly tokenFile: string | undefined;
  readonly catalog: string;
  readonly state: string | undefined;
}

const readInputsFrom = (files: Files) => (options: ReadOptions) => ({
  ...configInputsFrom(files)(options),
  catalog: files.input('catalog', options.catalog),
  state: files.input('state', options.state),
});

const withConfig = { config, 'token-file': tokenFile } as const;

const planOptions = {
  ...withConfig,
  catalog,
  state,
  json: { type: 'boolean', default: false, describe: 'Print JSON instead of a table' },
  by: {
    choices: ['stream', 'location'] as const,
    default: 'stream' as const,
    describe: 'What the table has a line for',
  },
} as const;

const printSpec = async (emitter: MessageEmitter): Promise<number> => {
  await emitter.emit({ type: 'SPEC', spec: connectorSpecification });
  return 0;
};

/** What the platform says to get the specification. Nothing is left to parse, and yargs takes longer to load than to answer. */
const isPlainSpec = (args: readonly string[]): boolean => args.length === 1 && args[0] === 'spec';

const parseArguments = async (
  args: readonly string[],
  { version, emitter }: Pick<CliDependencies, 'version' | 'emitter'>,
  files: Files,
): Promise<ParsedArguments | undefined> => {
  if (isPlainSpec(args)) return { command: () => printSpec(emitter), isRead: false };
  const { default: yargs } = await import('yargs');
  const configInputs = configInputsFrom(files);
  const readInputs = readInputsFrom(files);
  let command: Command | undefined;
  let isRead = false;
  await yargs([...args])
    .scriptName('source-highlevel')
    .version(version)
    .usage('$0 <command> [options]\n\nAirbyte source for HighLevel. Messages go to standard output.')
    .option('debug', { type: 'boolean', describe: 'Log in detail' })
    .command('spec', 'Print the specification of the configuration', {}, () => {
      command = () => printSpec(emitter);
    })
    .command('check', 'Check that the configuration opens a connection', withConfig, (options) => {
      command = async (openSource) => (await openSource()).check(configInputs(options));
    })
    .command('discover', 'Print the catalog of streams', withConfig, (options) => {
      command = async (openSource) => (await openSource()).discover(configInputs(options));
    })
    .command('read', 'Read the streams of a catalog', { ...withConfig, catalog, state }, (options) => {
      isRead = true;
      const inputs = readInputs(options);
      command = async (openSource) => (await openSource()).read(inputs);
    })
    .command('plan', 'Tell what a read would bring and cost', planOptions, (options) => {
      const inputs = readInputs(options);
      const by = options.json ? undefined : options.by;
      command = async (openSource) => (await openSource('other')).plan({ ...inputs, by });
    })
    .demandCommand(1, 1, 'Say what to do: spec, check, discover, read or plan.')
    .strictCommands()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw systemError(`The command line is not valid: ${message ?? error?.message ?? 'unknown reason'}`);
    })
    .parseAsync();
  // None after `--help` and `--version`, which yargs has answered.
  return command === undefined ? undefined : { command, isRead };
};

/** Opens an input file only when it is asked for, so that what is wrong with it is the command's failure. */
const inputFrom =
  (readTextFile: CliDependencies['readTextFile']) =>
  (kind: string, path: string | undefined): Input =>
  async () => {
    if (path === undefined) return undefined;
    let text: string;
    try {
      text = await readTextFile(path);
    } catch (cause) {
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown reason';
      throw systemError(`The ${kind} file ${path} cannot be read (${reason}).`, { reach: 'sync' });
    }
    // An empty state file is what some tools write when there is no state.
    if (text.trim() === '' && kind === 'state') return undefined;
    if (isTooDeep(Buffer.from(text))) {
      throw configError(
        `The ${kind} file ${path} has more than ${MOST_LEVELS} lists and objects inside each other.`,
        { reach: 'sync' },
      );
    }
    try {
      const json: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
      return json;
    } catch {
      // The parser's own message quotes the text, which may be a secret.
      throw systemError(`The ${kind} file ${path} is not valid JSON.`, { reach: 'sync' });
    }
  };

interface OpenedSource {
  readonly source: Source;
  readonly log: AirbyteLogger;
}

/** Loads what only a command that does something needs: `spec`, a container start of its own, is to answer at once. */
const openSource = async (
  args: readonly string[],
  dependencies: CliDependencies,
  reader: Reader,
): Promise<OpenedSource> => {
  const [{ createSource }, { createAirbyteLogger }, { createSideEmitter }, { streams }] = await Promise.all([
    import('./source/source.ts'),
    import('./protocol/logger.ts'),
    import('./protocol/side-emitter.ts'),
    import('./streams/index.ts'),
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
    job: {
      id: env['WORKER_JOB_ID'] === '' ? undefined : env['WORKER_JOB_ID'],
      isFirstAttempt: env['WORKER_JOB_ATTEMPT'] === '0',
      dataChannel: env['DATA_CHANNEL_MEDIUM'],
    },
  });
  return { source, log };
};

/** Runs one command of the connector. */
export const runCli = async (args: readonly string[], dependencies: CliDependencies): Promise<CliOutcome> => {
  const { emitter, env, signal, readTextFile, openSharedFile } = dependencies;
  let opened: Promise<OpenedSource> | undefined;
  const open = async (reader: Reader = 'platform'): Promise<Source> => {
    opened ??= openSource(args, dependencies, reader);
    return (await opened).source;
  };
  const run = async (): Promise<CliOutcome> => {
    try {
      const parsed = await parseArguments(args, dependencies, {
        input: inputFrom(readTextFile),
        tokenFile: (path = env['HIGHLEVEL_TOKEN_FILE'] ?? '') =>
          path === '' ? undefined : openSharedFile(path),
      });
      if (parsed === undefined) return 0;
      const exitCode = await parsed.command(open);
      // A read that was told to stop is not complete, however near its end it was.
      return signal.aborted && parsed.isRead ? 'interrupted' : exitCode;
    } catch (thrown) {
      if (signal.aborted) return 'interrupted';
      if (isReaderGone(thrown)) return 1;
      const source = await open();
      return source.fail(toConnectorError(thrown)).catch(() => 1);
    }
  };
  const outcome = await run();
  await (await opened)?.log.drained();
  // What is still on its way when the reader goes was not delivered, however well it ended.
  const isDelivered = await emitter.flush().then(
    () => true,
    () => false,
  );
  return isDelivered || outcome !== 0 ? outcome : 1;
};
