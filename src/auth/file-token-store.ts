import { errorCode } from '../foundation/error-code.ts';
import { configError, ConnectorError } from '../foundation/errors.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { SharedFile } from './shared-file.ts';
import {
  type ChainKey,
  findChain,
  isBehind,
  parseTokenFile,
  serialiseTokenFile,
  type TokenFile,
  withTokens,
} from './token-file.ts';
import type { TokenStore } from './token-store.ts';

const reasonOf = (thrown: unknown): string =>
  thrown instanceof ConnectorError ? thrown.message : (errorCode(thrown) ?? 'unknown reason');

const problemWith = ({ path }: SharedFile, rest: string): ConnectorError =>
  configError(`The token file ${path} ${rest}`, { reach: 'sync' });

const FOLDER =
  'Its folder has to exist, and the user that runs the connector has to be able to write in it; with docker, mount the ' +
  'folder (-v), not the file alone.';

const unreadable = (file: SharedFile, thrown: unknown): ConnectorError =>
  problemWith(
    file,
    `cannot be read (${reasonOf(thrown)}). Let the user that runs the connector read it, or name another file.`,
  );

const unwritable = (file: SharedFile, thrown: unknown): ConnectorError =>
  problemWith(
    file,
    `cannot be written (${reasonOf(thrown)}). No token was renewed, because its successor could not be kept. ${FOLDER}`,
  );

const lost = ({ path }: SharedFile, thrown: unknown): ConnectorError =>
  configError(
    `HighLevel has renewed the tokens, but the token file ${path} cannot be written any more (${reasonOf(thrown)}). The new ones ` +
      'are in the last CONTROL line of the output: put its access_token and refresh_token into the configuration, or run ' +
      `again within half a minute, while HighLevel still repeats its answer. ${FOLDER}`,
    { reach: 'sync', cause: thrown },
  );

const chainsIn = async (file: SharedFile): Promise<TokenFile> => {
  let content: string | undefined;
  try {
    content = await file.read();
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
  const parsed = parseTokenFile(content ?? '');
  if (parsed.kind === 'chains') return parsed.chains;
  throw problemWith(
    file,
    `${parsed.problem}; it is left as it is. Name another file with --token-file (HIGHLEVEL_TOKEN_FILE), or take this one away.`,
  );
};

/** Keeps the tokens in a file beside those of other sign-ins. `key` is what the configuration says. */
export const createFileTokenStore = (file: SharedFile, key: ChainKey): TokenStore => ({
  newest: async () => findChain(await chainsIn(file), key)?.tokens,
  prepare: async (present) => {
    try {
      return await file.exclusively(async (replace) => {
        const chains = await chainsIn(file);
        const known = findChain(chains, key);
        // Also when there is nothing new to write: it proves that there will be a way to.
        await replace(serialiseTokenFile(known === undefined ? withTokens(chains, key, present) : chains));
        return known?.tokens ?? present;
      });
    } catch (thrown) {
      throw thrown instanceof ConnectorError ? thrown : unwritable(file, thrown);
    }
  },
  keep: async (renewed) => {
    const keepOnce = (): Promise<OAuthTokens> =>
      file.exclusively(async (replace) => {
        const chains = await chainsIn(file);
        const known = findChain(chains, key);
        if (known !== undefined && isBehind(known, renewed.refreshToken)) return known.tokens;
        await replace(serialiseTokenFile(withTokens(chains, key, renewed)));
        return renewed;
      });
    try {
      return await keepOnce().catch(keepOnce);
    } catch (thrown) {
      throw lost(file, thrown);
    }
  },
});
