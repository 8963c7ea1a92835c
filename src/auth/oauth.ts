import { createHash } from 'node:crypto';
import { configError, type ConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { singleFlight } from '../foundation/single-flight.ts';
import type { Authenticator } from '../http/authenticator.ts';
import type { Requester } from '../http/requester.ts';
import { readClaims } from './claims.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';
import { createTokenExchange } from './token-exchange.ts';
import { tokenIdentity, type TokenIdentity } from './token-identity.ts';
import type { TokenAnswer } from './token-answer.ts';

export interface OAuthTokens {
  /** Empty: fetch one at first. */
  readonly accessToken: string;
  /** Usable once: HighLevel answers a refresh with its successor. */
  readonly refreshToken: string;
  /** By the local clock, epoch milliseconds. Undefined: as the token itself says, else valid until refused. */
  readonly expiresAtMs?: number | undefined;
}

/** One sign-in with its rotating tokens. Every failure has the reach `sync`. */
export interface OAuthChain extends Authenticator {
  /**
   * Whom the tokens stand for, read from the access token; refreshes once if that does not tell.
   * @throws ConnectorError when HighLevel does not tell either
   */
  readonly identity: () => Promise<TokenIdentity>;
}

export interface OAuthChainOptions {
  readonly initial: OAuthTokens;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Path of HighLevel's token endpoint (`/oauth/token`), or the absolute address of a broker that keeps the chain. */
  readonly tokenUrl: string;
  readonly requester: Requester;
  readonly runtime: Runtime;
  /**
   * Must have kept the tokens for good when it resolves; only then is the new access token used. A refresh token that is
   * lost takes a person to sign in again.
   */
  readonly onRotated: (tokens: OAuthTokens) => Promise<void>;
  /** Told each new token before anything is logged. */
  readonly onSecret: (secret: string) => void;
  readonly log: Log;
  /** The platform's first attempt: its settings may be older than the last rotation, and a retry reads newer ones. */
  readonly mayBeStale: boolean;
}

/** No larger: the platform may have given the old refresh token to a waiting sync already. */
const EXPIRY_MARGIN_MS = 30_000;
/** A new token refused this soon is not worth another refresh; later it is a new incident. */
const REFUSED_AGAIN_MS = 3_600_000;

/** Tells two diverging chains apart in a log without giving a token away. */
const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 8);

const refusedAgain = (): ConnectorError =>
  configError(
    'HighLevel refuses the access token although it has just been renewed. Open the settings of the source and sign in ' +
      'again; if that does not help, check that the app is still installed.',
    { reach: 'sync', status: 401 },
  );

/** OAuth 2 with rotating refresh tokens: renewed when expired or refused, once however many callers ask. */
class RotatingChain implements OAuthChain {
  readonly #options: OAuthChainOptions;
  readonly #exchange: ReturnType<typeof createTokenExchange>;
  #current: OAuthTokens;
  #answer: TokenAnswer | undefined;
  #isRotating = false;
  /** Why no refresh can succeed any more in this process. */
  #end: OAuthRefusal | undefined;
  #refusedToken: string | undefined;
  /** When a refused token was last replaced. */
  #replacedAtMs: number | undefined;

  constructor(options: OAuthChainOptions) {
    this.#options = options;
    this.#exchange = createTokenExchange(options);
    const { initial } = options;
    this.#current = {
      ...initial,
      expiresAtMs: initial.expiresAtMs ?? readClaims(initial.accessToken)?.expiresAtMs,
    };
  }

  readonly token = async (): Promise<string> => {
    if (this.#isRotating || this.#isExpired()) {
      const failure = await this.#rotate();
      if (failure !== undefined) this.#goOnWithOldToken(failure);
    }
    return this.#current.accessToken;
  };

  readonly renew = async (rejected: string): Promise<boolean> => {
    if (rejected !== this.#current.accessToken) return true;
    const sinceMs = this.#options.runtime.now() - (this.#replacedAtMs ?? -Infinity);
    if (!this.#isRotating && sinceMs < REFUSED_AGAIN_MS) throw this.#end?.error ?? refusedAgain();
    this.#refusedToken = rejected;
    const failure = await this.#rotate();
    if (failure !== undefined) throw failure;
    this.#replacedAtMs = this.#options.runtime.now();
    return true;
  };

  readonly identity = async (): Promise<TokenIdentity> => {
    const known = tokenIdentity(this.#current.accessToken, this.#answer);
    if (known !== undefined) return known;
    const failure = await this.#rotate();
    if (failure !== undefined) throw failure;
    const learnt = tokenIdentity(this.#current.accessToken, this.#answer);
    if (learnt !== undefined) return learnt;
    throw configError(
      'The token endpoint does not tell whether the token is for an agency or for a location (userType). ' +
        'Check token_url in the settings of the source, or sign in again.',
      { reach: 'sync' },
    );
  };

  #isExpired(): boolean {
    const { accessToken, expiresAtMs } = this.#current;
    if (accessToken === '') return true;
    return expiresAtMs !== undefined && this.#options.runtime.now() >= expiresAtMs - EXPIRY_MARGIN_MS;
  }

  /** The clock said that the token has expired, but a clock may be wrong; HighLevel has not refused it yet. */
  #goOnWithOldToken(failure: ConnectorError): void {
    const { accessToken, expiresAtMs } = this.#current;
    if (accessToken === '' || this.#refusedToken === accessToken) throw failure;
    // Another caller of the same rotation has been here.
    if (expiresAtMs === undefined) return;
    this.#current = { ...this.#current, expiresAtMs: undefined };
    this.#options.log.warn(`${failure.message} Going on with the present access token while it lasts.`);
  }

  /** Resolves to the reason when the refresh token is spent, which the old access token may outlive. */
  readonly #rotate = singleFlight(async (): Promise<ConnectorError | undefined> => {
    this.#isRotating = true;
    try {
      const exchanged = this.#end ?? (await this.#exchange(this.#current.refreshToken));
      if (exchanged.kind === 'tokens') {
        await this.#adopt(exchanged.answer);
        return undefined;
      }
      this.#end = exchanged;
      if (exchanged.kind === 'spent') return exchanged.error;
      throw exchanged.error;
    } finally {
      this.#isRotating = false;
    }
  });

  async #adopt(answer: TokenAnswer): Promise<void> {
    const { onSecret, onRotated, log, runtime } = this.#options;
    const { refreshToken: old } = this.#current;
    const { accessToken, refreshToken = old, lifetimeMs } = answer;
    const expiresAtMs =
      lifetimeMs === undefined ? readClaims(accessToken)?.expiresAtMs : runtime.now() + lifetimeMs;
    const next: OAuthTokens = { accessToken, refreshToken, expiresAtMs };
    onSecret(accessToken);
    onSecret(refreshToken);
    await onRotated(next);
    this.#current = next;
    this.#answer = answer;
    log.info(
      `The tokens were renewed: refresh token ${fingerprint(old)} became ${fingerprint(refreshToken)}.`,
    );
  }
}

export const createOAuthChain = (options: OAuthChainOptions): OAuthChain => new RotatingChain(options);
