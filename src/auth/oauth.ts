import type { ConnectorError } from '../foundation/errors.ts';
import { singleFlight } from '../foundation/single-flight.ts';
import type { Authenticator } from '../http/authenticator.ts';
import { authError } from './auth-errors.ts';
import { readClaims } from './claims.ts';
import type { OAuthRefusal } from './oauth-refusal.ts';
import type { OAuthTokens } from './oauth-tokens.ts';
import type { TokenAnswer } from './token-answer.ts';
import { staleAtMs } from './token-expiry.ts';
import { tokenIdentity, type TokenIdentity } from './token-identity.ts';
import { createTokenRenewal, type TokenRenewal, type TokenRenewalOptions } from './token-renewal.ts';

/** One sign-in with its rotating tokens. Every failure has the reach `sync`. */
export interface OAuthChain extends Authenticator {
  /**
   * Whom the tokens stand for, read from the access token; refreshes once if that does not tell.
   * @throws ConnectorError when HighLevel does not tell either
   */
  readonly identity: () => Promise<TokenIdentity>;
}

export interface OAuthChainOptions extends TokenRenewalOptions {
  readonly initial: OAuthTokens;
}

/** A new token refused this soon is not worth another refresh; later it is a new incident. */
const REFUSED_AGAIN_MS = 3_600_000;

const refusedAgain = (): ConnectorError => authError('token_refused_again', {}, { status: 401 });

/** OAuth 2 with rotating refresh tokens: renewed when expired or refused, once however many callers ask. */
class RotatingChain implements OAuthChain {
  readonly #options: OAuthChainOptions;
  readonly #renewal: TokenRenewal;
  #current: OAuthTokens;
  /** Epoch milliseconds; undefined: not before it is refused. */
  #staleAtMs: number | undefined;
  #answer: TokenAnswer | undefined;
  #isRotating = false;
  /** Why no refresh can succeed any more in this process. */
  #end: OAuthRefusal | undefined;
  #refusedToken: string | undefined;
  /** When HighLevel last replaced a refused token. */
  #replacedAtMs: number | undefined;

  constructor(options: OAuthChainOptions) {
    this.#options = options;
    this.#renewal = createTokenRenewal(options);
    const { initial } = options;
    this.#current = {
      ...initial,
      expiresAtMs: initial.expiresAtMs ?? readClaims(initial.accessToken)?.expiresAtMs,
    };
    this.#staleAtMs = staleAtMs(this.#current);
  }

  readonly token = async (): Promise<string> => {
    if (this.#isRotating || this.#isStale(this.#staleAtMs)) {
      const failure = await this.#rotate();
      if (failure !== undefined) this.#goOnWithOldToken(failure);
    }
    return this.#current.accessToken;
  };

  readonly renew = async (rejected: string): Promise<boolean> => {
    if (rejected !== this.#current.accessToken) return true;
    const sinceMs = this.#options.runtime.now() - (this.#replacedAtMs ?? -Infinity);
    this.#refusedToken = rejected;
    if (!this.#isRotating && sinceMs < REFUSED_AGAIN_MS) {
      if (await this.#adopt()) return true;
      throw this.#end?.error ?? refusedAgain();
    }
    const failure = await this.#rotate();
    if (failure !== undefined) throw failure;
    // Tokens of another run may be older than they look; if they are refused too, HighLevel has to be asked for others.
    if (this.#answer !== undefined) this.#replacedAtMs = this.#options.runtime.now();
    return true;
  };

  readonly identity = async (): Promise<TokenIdentity> => {
    const known = tokenIdentity(this.#current.accessToken, this.#answer);
    if (known !== undefined) return known;
    const failure = await this.#rotate();
    if (failure !== undefined) throw failure;
    const learnt = tokenIdentity(this.#current.accessToken, this.#answer);
    if (learnt !== undefined) return learnt;
    throw authError('token_identity_unknown', {});
  };

  #isStale(fromMs: number | undefined): boolean {
    return fromMs !== undefined && this.#options.runtime.now() >= fromMs;
  }

  /** Tokens that another run has kept are as good as new ones if all that is wanted can be done with them. */
  readonly #willDo = (tokens: OAuthTokens): boolean =>
    tokens.accessToken !== this.#refusedToken &&
    !this.#isStale(staleAtMs(tokens)) &&
    tokenIdentity(tokens.accessToken) !== undefined;

  /** The clock said that the token has expired, but a clock may be wrong; HighLevel has not refused it yet. */
  #goOnWithOldToken(failure: ConnectorError): void {
    const { accessToken } = this.#current;
    if (accessToken === '' || this.#refusedToken === accessToken) throw failure;
    // Another caller of the same rotation has been here.
    if (this.#staleAtMs === undefined) return;
    this.#staleAtMs = undefined;
    this.#options.log.warn(`${failure.message} Going on with the present access token while it lasts.`);
  }

  /** Another run may keep new tokens at any time. */
  #isOver(): boolean {
    return this.#end !== undefined && (this.#options.store === undefined || this.#end.kind !== 'spent');
  }

  #use(tokens: OAuthTokens, answer?: TokenAnswer): void {
    this.#current = tokens;
    this.#answer = answer;
    this.#staleAtMs = staleAtMs(tokens, answer?.lifetimeMs);
  }

  /** True when another run has kept tokens that HighLevel has not refused. */
  readonly #adopt = singleFlight(async (): Promise<boolean> => {
    const adopted = await this.#renewal.adopt(this.#current, this.#willDo);
    if (adopted !== undefined) this.#use(adopted);
    return adopted !== undefined;
  });

  /** Resolves to the reason when the refresh token is spent, which the old access token may outlive. */
  readonly #rotate = singleFlight(async (): Promise<ConnectorError | undefined> => {
    this.#isRotating = true;
    try {
      const renewed =
        this.#end !== undefined && this.#isOver()
          ? this.#end
          : await this.#renewal.renew(this.#current, this.#willDo);
      if (renewed.kind === 'tokens') {
        this.#use(renewed.tokens, renewed.answer);
        return undefined;
      }
      this.#end = renewed;
      if (renewed.kind === 'spent') return renewed.error;
      throw renewed.error;
    } finally {
      this.#isRotating = false;
    }
  });
}

export const createOAuthChain = (options: OAuthChainOptions): OAuthChain => new RotatingChain(options);
