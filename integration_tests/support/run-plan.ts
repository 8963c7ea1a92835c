import { isJsonObject, type JsonObject } from '../../src/foundation/json.ts';
import type { Call } from '../simulator/call.ts';
import { type Connection, configuredCatalog, type Selection, stateFile } from './connection.ts';
import type { HighLevel } from './highlevel.ts';
import { type ConnectorOutput, runConnector } from './run-connector.ts';

/** A run of `plan` before the next read of a connection. */
export interface PlanRun extends ConnectorOutput {
  /** What it printed as JSON. */
  readonly report: JsonObject;
  /** What HighLevel was asked meanwhile. */
  readonly calls: readonly Call[];
}

interface PlanOptions {
  readonly moreArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const jsonOf = (text: string): JsonObject => {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : {};
  } catch {
    return {};
  }
};

/** Plans what the connection would read, from where its last read ended. */
export const runPlan = async (
  highLevel: HighLevel,
  connection: Connection,
  selection: Selection,
  { moreArguments = ['--json'], env = {} }: PlanOptions = {},
): Promise<PlanRun> => {
  const { calls } = highLevel.simulator;
  const before = calls.length;
  const output = await runConnector(
    'plan',
    {
      config: { json: connection.config() },
      catalog: { json: await configuredCatalog(selection) },
      state: { json: stateFile(connection.states()) },
    },
    { moreArguments, env },
  );
  return { ...output, report: jsonOf(output.lines.join('\n')), calls: calls.slice(before) };
};
