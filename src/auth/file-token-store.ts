import { errorCode } from '../foundation/error-code.ts';
import { ConnectorError } from '../foundation/errors.ts';
import { authError } from './auth-errors.ts';
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

const chainsIn = async (file: SharedFile): Promise<TokenFile> => {
  let content: string | undefined;
  try {
    content = await file.read();
  } catch (thrown) {
    throw authError('token_file_unreadable', { path: file.path, reason: reasonOf(thrown) });
  }
  const parsed = parseTokenFile(content ?? '');
  if (parsed.kind === 'chains') return parsed.chains;
  throw authError('token_file_foreign', { path: file.path, problem: parsed.problem });
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
      throw thrown instanceof ConnectorError
        ? thrown
        : authError('token_file_unwritable', { path: file.path, reason: reasonOf(thrown) });
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
      throw authError('token_file_lost', { path: file.path, reason: reasonOf(thrown) }, { cause: thrown });
    }
  },
});
