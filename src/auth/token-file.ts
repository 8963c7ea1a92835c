import { parseIso, toIso } from '../foundation/instant.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';
import { fingerprint } from './fingerprint.ts';
import type { OAuthTokens } from './oauth-tokens.ts';

/** Tells whose chain of refresh tokens it is: what the configuration says of it. */
export interface ChainKey {
  readonly clientId: string;
  /** Of a broker, which may give the same refresh token to everyone; undefined: HighLevel. */
  readonly tokenUrl: string | undefined;
  /** Any that the chain ever had. */
  readonly refreshToken: string;
}

/** One sign-in: all that it was, by fingerprints, and what it is now. */
export interface KeptChain {
  /** Of all its refresh tokens, the first one first. */
  readonly fingerprints: readonly string[];
  readonly tokens: OAuthTokens;
}

/** The content of a token file; what is not ours to know in it stays as it is. */
export type TokenFile = readonly JsonObject[];

export type ParsedTokenFile =
  | { readonly kind: 'chains'; readonly chains: TokenFile }
  | { readonly kind: 'unusable'; readonly problem: string };

const FORMAT = 'source-highlevel tokens';
const VERSION = 1;
/** A configuration that is older than so many renewals starts anew; the first token of a chain is always remembered. */
const MOST_FINGERPRINTS = 500;

const tokensOf = (chain: JsonObject): OAuthTokens | undefined => {
  const refreshToken = textAt(chain, 'refresh_token');
  const accessToken = chain['access_token'];
  if (refreshToken === undefined || typeof accessToken !== 'string') return undefined;
  return { accessToken, refreshToken, expiresAtMs: parseIso(chain['token_expiry_date']) };
};

const fingerprintsOf = (chain: JsonObject): readonly string[] => {
  const { refresh_token_fingerprints: fingerprints } = chain;
  return isJsonArray(fingerprints) ? fingerprints.filter((item) => typeof item === 'string') : [];
};

const isChain = (value: JsonValue): value is JsonObject =>
  isJsonObject(value) &&
  textAt(value, 'client_id') !== undefined &&
  tokensOf(value) !== undefined &&
  fingerprintsOf(value).length > 0;

const unusable = (problem: string): ParsedTokenFile => ({ kind: 'unusable', problem });

/** Reads a token file; one without content is a file without chains. Problems are the rest of a sentence about the file. */
export const parseTokenFile = (content: string): ParsedTokenFile => {
  if (content.trim() === '') return { kind: 'chains', chains: [] };
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    return unusable('is not one of this connector (no JSON)');
  }
  if (!isJsonObject(json) || json['format'] !== FORMAT) return unusable('is not one of this connector');
  const { version, chains } = json;
  if (version !== VERSION) return unusable('was written by another version of this connector');
  if (!isJsonArray(chains) || !chains.every(isChain)) return unusable('is damaged');
  return { kind: 'chains', chains: chains.filter(isChain) };
};

export const serialiseTokenFile = (chains: TokenFile): string =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, chains }, undefined, 2)}\n`;

const serviceOf = (tokenUrl: string | undefined): JsonObject =>
  tokenUrl === undefined ? {} : { token_url_fingerprint: fingerprint(tokenUrl) };

const isOf = (chain: JsonObject, { clientId, tokenUrl, refreshToken }: ChainKey): boolean =>
  chain['client_id'] === clientId &&
  chain['token_url_fingerprint'] === serviceOf(tokenUrl)['token_url_fingerprint'] &&
  fingerprintsOf(chain).includes(fingerprint(refreshToken));

export const findChain = (chains: TokenFile, key: ChainKey): KeptChain | undefined => {
  const chain = chains.find((candidate) => isOf(candidate, key));
  const tokens = chain && tokensOf(chain);
  return chain && tokens && { fingerprints: fingerprintsOf(chain), tokens };
};

/** True if the chain has had the refresh token, and has another one since. */
export const isBehind = ({ fingerprints, tokens }: KeptChain, refreshToken: string): boolean =>
  tokens.refreshToken !== refreshToken && fingerprints.includes(fingerprint(refreshToken));

/** The chain that the key's refresh token belongs to has these tokens now; it is a new one if there is none. */
export const withTokens = (chains: TokenFile, key: ChainKey, tokens: OAuthTokens): TokenFile => {
  const { clientId, tokenUrl, refreshToken } = key;
  const index = chains.findIndex((candidate) => isOf(candidate, key));
  const old = chains[index] ?? {};
  const next = fingerprint(tokens.refreshToken);
  const [first = fingerprint(refreshToken), ...later] = fingerprintsOf(old).filter((item) => item !== next);
  const since = first === next ? later : [...later, next];
  const chain: JsonObject = {
    ...old,
    client_id: clientId,
    ...serviceOf(tokenUrl),
    refresh_token_fingerprints: [first, ...since.slice(-MOST_FINGERPRINTS)],
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    token_expiry_date: tokens.expiresAtMs === undefined ? '' : toIso(tokens.expiresAtMs),
  };
  return index < 0 ? [...chains, chain] : chains.with(index, chain);
};
