import type { SharedFile } from '../auth/shared-file.ts';
import { type Config, parseConfig } from '../config/config.ts';
import { knownSettings } from '../config/connector-specification.ts';
import { withRotatedTokens } from '../config/rotate-config.ts';
import { collectSecrets } from '../config/secrets.ts';
import { ConnectorError } from '../foundation/errors.ts';
import { isJsonObject } from '../foundation/json.ts';
import type { Log } from '../foundation/log.ts';
import type { Redactor } from '../foundation/redact.ts';
import type { Runtime } from '../foundation/runtime.ts';
import type { HttpClient } from '../http/client.ts';
import { parseConfiguredCatalog } from '../protocol/catalog.ts';
import type { MessageEmitter } from '../protocol/emitter.ts';
import type { ConnectionStatus } from '../protocol/messages.ts';
import { parseInputState } from '../protocol/state.ts';
import type { StreamDefinition } from '../stream/definition.ts';
import { type Budgets, CHECK_BUDGETS, READ_BUDGETS } from './budgets.ts';
import { check } from './check.ts';
import { discover } from './discover.ts';
import { type Failure, inOrder, toErrorTrace } from './failure-traces.ts';
import { openKeptTokens } from './kept-tokens.ts';
import { plan } from './plan/plan.ts';
import { planReport } from './plan/plan-report.ts';
import { planTable } from './plan/plan-table.ts';
import { planTokens } from './plan/plan-tokens.ts';
import { read } from './read.ts';
import { type SyncWatch, unwatched } from './sync-watch.ts';
import { createSession, type Session, type SessionDependencies } from './session.ts';
import { sourceError } from './source-errors.ts';

/** What the platform tells about the job, besides the files. */
export interface Job {
  /** Undefined outside the platform. */
  readonly id: string | undefined;
  readonly isFirstAttempt: boolean;
  /** Set when the platform expects something else than lines on standard output. */
  readonly dataChannel: string | undefined;
}

export interface SourceDependencies {
  readonly emitter: MessageEmitter;
  readonly runtime: Runtime;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly createClient: (apiUrl: string) => HttpClient;
  readonly streams: readonly StreamDefinition[];
  readonly job: Job;
  /** Told how a sync goes on. Default: nobody looks on. */
  readonly watch?: SyncWatch | undefined;
  /** What the process may use for objects. */
  readonly heapLimitBytes: number;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
}

/** Gives an input file's content, parsed. @throws ConnectorError when there is no such file, or no JSON in it */
export type Input = () => Promise<unknown>;

export interface ConfigInputs {
  readonly config: Input;
  /** Where tokens are kept from run to run; undefined: only whoever reads the output keeps them. */
  readonly tokenFile: SharedFile | undefined;
}

export interface ReadInputs extends ConfigInputs {
  readonly catalog: Input;
  readonly state: Input;
}

interface PlanInputs extends ReadInputs {
  /** Undefined: for programs, as JSON. */
  readonly by: 'stream' | 'location' | undefined;
}

/** The commands of the Airbyte protocol that need settings. Each writes its messages and gives the process's exit code. */
export interface Source {
  readonly check: (inputs: ConfigInputs) => Promise<number>;
  readonly discover: (inputs: ConfigInputs) => Promise<number>;
  readonly read: (inputs: ReadInputs) => Promise<number>;
  /** Tells what a sync would bring and cost; not of the protocol. Writes a table or JSON instead of messages. */
  readonly plan: (inputs: PlanInputs) => Promise<number>;
  /** Reports what ended a command before its time. */
  readonly fail: (error: ConnectorError) => Promise<number>;
}

interface OpenedConfig {
  readonly config: Config;
  readonly openSession: (budgets: Budgets) => Session;
  /** One for whose output no platform keeps the CONTROL messages. */
  readonly openPlanSession: (budgets: Budgets) => Session;
}

/** Reads and checks the configuration, and opens sessions that write rotated tokens back into it. */
const openConfig = async (inputs: ConfigInputs, dependencies: SourceDependencies): Promise<OpenedConfig> => {
  const { emitter, runtime, redactor, job, log } = dependencies;
  const json = await inputs.config();
  const original = isJsonObject(json) ? json : {};
  // Before anything is checked: also the message about a bad configuration must not print a secret.
  collectSecrets(original).forEach(redactor.add);
  const given = parseConfig(json);
  for (const name of Object.keys(original)) {
    if (!knownSettings.has(name) && !name.startsWith('_')) {
      log.warn(`The setting ${name} is not one of this connector's and does nothing.`);
    }
  }
  const { config, store } = await openKeptTokens(given, inputs.tokenFile, { log, onSecret: redactor.add });
  const onRotated: SessionDependencies['onRotated'] = async (tokens) => {
    await emitter.emit({
      type: 'CONTROL',
      control: {
        type: 'CONNECTOR_CONFIG',
        emitted_at: runtime.now(),
        connectorConfig: { config: withRotatedTokens(original, tokens) },
      },
    });
    await emitter.flush();
  };
  const open =
    (tokens: Pick<SessionDependencies, 'store' | 'onRotated'>) =>
    (budgets: Budgets): Session =>
      createSession(config, budgets, {
        ...dependencies,
        ...tokens,
        onSecret: redactor.add,
        mayBeStale: job.isFirstAttempt,
      });
  return {
    config,
    openSession: open({ store, onRotated }),
    openPlanSession: open(planTokens(store, onRotated)),
  };
};

/** A failed check is an answer, which the user is shown; only a bug of ours is none. */
const checkStatus = async (
  work: () => Promise<void>,
  { redactor, signal }: SourceDependencies,
): Promise<ConnectionStatus> => {
  try {
    await work();
    return { status: 'SUCCEEDED' };
  } catch (thrown) {
    if (signal.aborted || !(thrown instanceof ConnectorError)) throw thrown;
    // The only words that the user is shown, so the code goes with them.
    const code = thrown.code === undefined ? '' : ` [${thrown.code}]`;
    return { status: 'FAILED', message: redactor.redact(`${thrown.message}${code}`) };
  }
};

const writePlan = async (
  { by, ...inputs }: PlanInputs,
  { config, openPlanSession }: OpenedConfig,
  dependencies: SourceDependencies,
): Promise<number> => {
  const { emitter, redactor } = dependencies;
  const catalog = parseConfiguredCatalog(await inputs.catalog());
  const states = parseInputState(await inputs.state());
  const session = openPlanSession(READ_BUDGETS);
  const planned = await plan(
    { ...dependencies, watch: unwatched, redact: redactor.redact, config, session, jobId: undefined },
    catalog,
    states,
  );
  const report = planReport(planned, config);
  const text = by === undefined ? JSON.stringify(report) : planTable(report, by);
  await emitter.emitLines(Buffer.from(`${text}\n`));
  return 0;
};

export const createSource = (dependencies: SourceDependencies): Source => {
  const { emitter, runtime, log, redactor, streams, job, signal, watch = unwatched } = dependencies;
  const open = (inputs: ConfigInputs): Promise<OpenedConfig> => openConfig(inputs, dependencies);
  const report = async (failures: readonly Failure[]): Promise<number> => {
    for (const failure of inOrder(failures)) {
      await emitter.emit(toErrorTrace(failure, runtime.now(), redactor.redact));
    }
    return failures.length === 0 ? 0 : 1;
  };

  return {
    fail: (error) => report([{ error, streamName: undefined }]),
    check: async (inputs) => {
      const status = await checkStatus(async () => {
        const { config, openSession } = await open(inputs);
        await check({ config, session: openSession(CHECK_BUDGETS), streams, log, signal });
      }, dependencies);
      await emitter.emit({ type: 'CONNECTION_STATUS', connectionStatus: status });
      return 0;
    },
    discover: async (inputs) => {
      const { config } = await open(inputs);
      await emitter.emit({
        type: 'CATALOG',
        catalog: { streams: discover(streams, config, log) },
      });
      return 0;
    },
    read: async (inputs) => {
      if (job.dataChannel === 'SOCKET') {
        throw sourceError('socket_mode', {});
      }
      const { config, openSession } = await open(inputs);
      const catalog = parseConfiguredCatalog(await inputs.catalog());
      const states = parseInputState(await inputs.state());
      const session = openSession(READ_BUDGETS);
      const failures = await read(
        { ...dependencies, watch, redact: redactor.redact, config, session, jobId: job.id },
        catalog,
        states,
      );
      return report(failures);
    },
    plan: async (inputs) => writePlan(inputs, await open(inputs), dependencies),
  };
};
