import { ConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import { shortFingerprint } from './fingerprint.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { TokenAnswer } from './token-answer.ts';
import { createTokenExchange, type TokenExchangeOptions } from './token-exchange.ts';
import { expiryOf } from './token-expiry.ts';
import type { TokenStore } from './token-store.ts';

export interface TokenRenewalOptions extends TokenExchangeOptions {
  /** Undefined: only whoever reads the output keeps the tokens. */
  readonly store?: TokenStore | undefined;
  /**
   * Must have kept the tokens for good when it resolves; only then is the new access token used. A refresh token that is
   * lost takes a person to sign in again.
   */
  readonly onRotated: (tokens: OAuthTokens) => Promise<void>;
  /** Told each new token before anything is logged. */
  readonly onSecret: (secret: string) => void;
  readonly log: Log;
}

export type Renewed =
  | {
      readonly kind: 'tokens';
      readonly tokens: OAuthTokens;
      /** Undefined if another run has renewed them. */
      readonly answer: TokenAnswer | undefined;
    }
  | OAuthRefusal;

type WillDo = (tokens: OAuthTokens) => boolean;

/** Replaces tokens, and has the new ones kept before it gives them out. */
export interface TokenRenewal {
  /** Those that another run has kept meanwhile, if they will do, else HighLevel's answer to a refresh. */
  readonly renew: (present: OAuthTokens, willDo: WillDo) => Promise<Renewed>;
  /** Those that another run has kept meanwhile, if they will do; asks nobody. */
  readonly adopt: (present: OAuthTokens, willDo: WillDo) => Promise<OAuthTokens | undefined>;
}

const isSame = (a: OAuthTokens, b: OAuthTokens): boolean =>
  a.accessToken === b.accessToken && a.refreshToken === b.refreshToken;

const secretsOf = ({ accessToken, refreshToken }: OAuthTokens): readonly string[] => [
  accessToken,
  refreshToken,
];

/** Told to the output also when the store fails: what one of the two has lost, the other may keep. */
const createKeeper =
  ({ store, onSecret, onRotated }: TokenRenewalOptions) =>
  async (renewed: OAuthTokens): Promise<OAuthTokens> => {
    secretsOf(renewed).forEach(onSecret);
    let newest = renewed;
    let failure: ConnectorError | undefined;
    try {
      newest = (await store?.keep(renewed)) ?? renewed;
    } catch (thrown) {
      if (!(thrown instanceof ConnectorError)) throw thrown;
      failure = thrown;
    }
    if (!isSame(newest, renewed)) secretsOf(newest).forEach(onSecret);
    await onRotated(newest);
    if (failure !== undefined) throw failure;
    return newest;
  };

export const createTokenRenewal = (options: TokenRenewalOptions): TokenRenewal => {
  const { store, runtime, onSecret, onRotated, log } = options;
  const exchange = createTokenExchange(options);
  const keep = createKeeper(options);

  const adoptIf = async (
    tokens: OAuthTokens | undefined,
    present: OAuthTokens,
    willDo: WillDo,
  ): Promise<OAuthTokens | undefined> => {
    if (tokens === undefined || isSame(tokens, present) || !willDo(tokens)) return undefined;
    secretsOf(tokens).forEach(onSecret);
    await onRotated(tokens);
    const [old, next] = [present, tokens].map(({ refreshToken }) => shortFingerprint(refreshToken));
    log.info(`Another run has renewed the tokens: refresh token ${old} became ${next}.`);
    return tokens;
  };

  const renewed = async (answer: TokenAnswer, old: string): Promise<Renewed> => {
    const { accessToken, refreshToken = old } = answer;
    const tokens = await keep({ accessToken, refreshToken, expiresAtMs: expiryOf(answer, runtime.now()) });
    const [before, after] = [old, tokens.refreshToken].map(shortFingerprint);
    log.info(`The tokens were renewed: refresh token ${before} became ${after}.`);
    return { kind: 'tokens', tokens, answer };
  };

  return {
    adopt: async (present, willDo) => adoptIf(await store?.newest(), present, willDo),
    renew: async (present, willDo) => {
      let current = present;
      for (;;) {
        const newest = (await store?.prepare(current)) ?? current;
        const adopted = await adoptIf(newest, present, willDo);
        if (adopted !== undefined) return { kind: 'tokens', tokens: adopted, answer: undefined };
        const exchanged = await exchange(newest.refreshToken);
        if (exchanged.kind === 'tokens') return renewed(exchanged.answer, newest.refreshToken);
        // Whoever has used the refresh token up has kept its successor by now.
        const meanwhile = exchanged.kind === 'spent' ? await store?.newest() : undefined;
        if (meanwhile === undefined || isSame(meanwhile, newest)) return exchanged;
        current = meanwhile;
      }
    },
  };
};
