import { resolve } from 'node:path';
import type { SharedFile } from '../auth/shared-file.ts';
import { errorCode } from '../foundation/error-code.ts';
import { configError, ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';

/** Where the finished configuration goes. */
export interface ConfigDestination {
  /** Undefined: standard output. */
  readonly path: string | undefined;
  /** To be called before anybody signs in. @throws ConnectorError when nothing could be kept there */
  readonly prepare: () => Promise<void>;
  readonly save: (config: JsonObject) => Promise<void>;
}

interface DestinationOptions {
  readonly out: string | undefined;
  /** The configuration that is signed in anew; it may be overwritten. */
  readonly existingPath: string | undefined;
  readonly mayOverwrite: boolean;
  readonly openSharedFile: (path: string) => SharedFile;
  readonly print: (text: string) => Promise<void>;
}

const textOf = (config: JsonObject): string => `${JSON.stringify(config, null, 2)}\n`;

const unwritable = (path: string, thrown: unknown): unknown =>
  thrown instanceof ConnectorError
    ? thrown
    : configError(
        `${path} cannot be written (${errorCode(thrown) ?? 'unknown reason'}). Its folder has to exist and to be writable; with docker, ` +
          'mount the folder (-v), not the file alone.',
      );

const toFile = (
  path: string,
  { existingPath, mayOverwrite, openSharedFile }: DestinationOptions,
): ConfigDestination => {
  const file = openSharedFile(path);
  const isExisting = existingPath !== undefined && resolve(existingPath) === resolve(path);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      throw unwritable(path, thrown);
    }
  };
  return {
    path,
    prepare: () =>
      attempt(async () => {
        const present = (await file.read())?.trim() ?? '';
        if (present !== '' && !isExisting && !mayOverwrite)
          throw configError(
            `${path} exists already and is left as it is. Name another file with --out, or overwrite it with --force; to keep its ` +
              `settings and sign in anew, name it with --config too.`,
          );
        // Takes the folder's lock and changes nothing: it proves that the file can be written.
        await file.exclusively(() => Promise.resolve());
      }),
    save: (config) => attempt(() => file.exclusively((replace) => replace(textOf(config)))),
  };
};

export const configDestination = (options: DestinationOptions): ConfigDestination =>
  options.out === undefined
    ? {
        path: undefined,
        prepare: () => Promise.resolve(),
        save: (config) => options.print(textOf(config)),
      }
    : toFile(options.out, options);
