import { createFileTokenStore } from '../auth/file-token-store.ts';
import { shortFingerprint } from '../auth/fingerprint.ts';
import type { SharedFile } from '../auth/shared-file.ts';
import type { TokenStore } from '../auth/token-store.ts';
import type { Config } from '../config/config.ts';
import type { Log } from '../foundation/log.ts';

/** A configuration with the newest tokens of its sign-in, and where to keep those to come. */
export interface KeptTokens {
  readonly config: Config;
  readonly store: TokenStore | undefined;
}

interface KeptTokensOptions {
  readonly log: Log;
  readonly onSecret: (secret: string) => void;
}

/**
 * Looks into the token file for tokens that are newer than those of the configuration.
 * @throws ConnectorError when there is a file that cannot be read or is not one of ours
 */
export const openKeptTokens = async (
  config: Config,
  file: SharedFile | undefined,
  { log, onSecret }: KeptTokensOptions,
): Promise<KeptTokens> => {
  const { credentials } = config;
  if (file === undefined) return { config, store: undefined };
  if (credentials.kind === 'private') {
    log.info('The token file is not used: private integration tokens are not renewed.');
    return { config, store: undefined };
  }
  const store = createFileTokenStore(file, credentials);
  const kept = await store.newest();
  if (kept === undefined) return { config, store };
  const { accessToken, refreshToken, expiresAtMs } = kept;
  onSecret(accessToken);
  onSecret(refreshToken);
  if (refreshToken !== credentials.refreshToken) {
    const [old, next] = [credentials.refreshToken, refreshToken].map(shortFingerprint);
    log.info(`The token file has newer tokens: refresh token ${next} in place of ${old}.`);
  }
  return {
    config: {
      ...config,
      credentials: { ...credentials, accessToken, refreshToken, tokenExpiryMs: expiresAtMs },
    },
    store,
  };
};
