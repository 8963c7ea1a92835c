import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  textAt,
} from '../../src/foundation/json.ts';

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface DockerOptions {
  /** Shows what docker prints as it comes, instead of returning it. */
  readonly isShown?: boolean;
  /** Called with all of standard output so far, as it grows. */
  readonly onOutput?: (stdout: string) => void;
}

/** Runs the docker found on PATH. @throws Error when there is none */
export const docker = async (args: readonly string[], options: DockerOptions = {}): Promise<Ended> => {
  const { isShown = false, onOutput } = options;
  const child = spawn('docker', args, {
    stdio: ['ignore', isShown ? 'inherit' : 'pipe', isShown ? 'inherit' : 'pipe'],
  });
  let stdout = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    onOutput?.(stdout);
  });
  const stderr = child.stderr === null ? '' : text(child.stderr);
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { exitCode, stdout, stderr: await stderr };
};

/** Whether there is a docker, and it can run containers. */
export const isDockerReady = async (): Promise<boolean> => {
  try {
    return (await docker(['info'])).exitCode === 0;
  } catch {
    return false;
  }
};

/** What the image says of itself. */
export interface ImageConfig {
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly labels: ReadonlyMap<string, string>;
}

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  isJsonArray(value) ? value.filter((item) => typeof item === 'string') : [];

const labelsOf = (object: JsonValue | undefined): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(isJsonObject(object) ? object : {}).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value]] : [],
    ),
  );

const assignment = (text: string): [string, string] => {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
};

export const inspectImage = async (image: string): Promise<ImageConfig> => {
  const { stdout, stderr } = await docker(['image', 'inspect', '--format', '{{json .Config}}', image]);
  const parsed: unknown = stdout === '' ? undefined : JSON.parse(stdout);
  if (!isJsonObject(parsed)) throw new Error(`docker image inspect failed: ${stderr}`);
  const config: JsonObject = parsed;
  return {
    user: textAt(config, 'User') ?? 'root',
    entrypoint: textsOf(config['Entrypoint']),
    env: new Map(textsOf(config['Env']).map(assignment)),
    labels: labelsOf(config['Labels']),
  };
};
