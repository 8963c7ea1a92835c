import { runContainer } from '../../scripts/image/container.ts';
import { knownSecrets, secretsOfConfig } from '../support/known-secrets.ts';
import { keepPrinted, leaksIn } from '../support/printed.ts';
import { type ConnectorOutput, runConnector } from '../support/run-connector.ts';

type Command = 'spec' | 'check' | 'discover' | 'read';

/** The files of a command, as JSON values. */
export interface LaunchInputs {
  readonly config?: unknown;
  readonly catalog?: unknown;
  readonly state?: unknown;
}

/** Runs a command of whatever is on trial. */
export type Launcher = (command: Command, inputs?: LaunchInputs) => Promise<ConnectorOutput>;

const FOLDER = '/secrets';

const given = (inputs: LaunchInputs): readonly (readonly [string, unknown])[] =>
  Object.entries(inputs).filter(([, json]) => json !== undefined);

const launchBuilt: Launcher = (command, inputs = {}) =>
  runConnector(command, Object.fromEntries(given(inputs).map(([name, json]) => [name, { json }])));

const launchImage =
  (image: string): Launcher =>
  async (command, inputs = {}) => {
    const files = Object.fromEntries(given(inputs).map(([name, json]) => [`${FOLDER}/${name}.json`, json]));
    const args = given(inputs).flatMap(([name]) => [`--${name}`, `${FOLDER}/${name}.json`]);
    const { exitCode, stdout, stderr } = await runContainer(image, { files, args: [command, ...args] });
    const lines = stdout.split('\n');
    const rest = lines.pop() ?? '';
    const printed = {
      texts: [...lines, rest, stderr],
      secrets: [...secretsOfConfig(inputs.config), ...knownSecrets()],
    };
    keepPrinted(printed);
    const leaks = leaksIn(printed);
    if (leaks.length > 0) throw new Error(leaks.join('\n'));
    return { exitCode, signal: null, lines, rest, stderr };
  };

/** The image on trial; undefined: the connector that `npm run build` made. */
export const imageOnTrial: string | undefined = process.env['ACCEPTANCE_IMAGE'];

export const launch: Launcher = imageOnTrial === undefined ? launchBuilt : launchImage(imageOnTrial);
