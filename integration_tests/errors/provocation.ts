import { createVirtualRuntime } from '../../src/http/doubles/virtual-runtime.ts';
import { runInProcess } from '../hostile/run-in-process.ts';
import type { ConnectorOutput } from '../support/run-connector.ts';

/** Brings an error about: throws it, returns it, or returns what a run printed that told of it. */
export type Provocation = () => unknown;

/** One for each code of a table, so that an error which nobody can bring about does not compile. */
export type Provocations<Table> = { readonly [Code in keyof Table]: Provocation };

/** A HighLevel that answers like this: a body with status 200, or a response. */
type Answer = (request: Request) => unknown;

interface Run {
  readonly command?: 'check' | 'read';
  readonly credentials?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly streams?: readonly string[];
  readonly syncMode?: 'full_refresh' | 'incremental';
  readonly state?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly answer?: Answer;
}

const PRIVATE = { auth_type: 'private_integration_token', location_tokens: 'LOC pit-1' };

const configured = (name: string, syncMode: string) => ({
  stream: { name, json_schema: {} },
  sync_mode: syncMode,
  destination_sync_mode: 'overwrite',
});

export const answering = (status: number, body: unknown): Response => Response.json(body, { status });

/** Runs the connector in this process; one location, opened by a private token, unless told otherwise. */
export const run = (given: Run): Promise<ConnectorOutput> => {
  const { command = 'read', credentials = PRIVATE, settings = {}, streams = ['contacts'] } = given;
  const { answer = () => ({}), env = {}, state, syncMode = 'full_refresh' } = given;
  return runInProcess(command, {
    runtime: createVirtualRuntime(Date.parse('2026-01-01')),
    handle: async (request) => {
      const answered = await answer(request);
      return answered instanceof Response ? answered : answering(200, answered);
    },
    env,
    files: {
      config: JSON.stringify({ credentials, ...settings }),
      ...(command === 'read' && {
        catalog: JSON.stringify({ streams: streams.map((name) => configured(name, syncMode)) }),
      }),
      ...(state !== undefined && { state: JSON.stringify(state) }),
    },
  });
};
