import { expect, test } from '@jest/globals';
import { fingerprint } from './fingerprint.ts';
import {
  type ChainKey,
  findChain,
  isBehind,
  parseTokenFile,
  serialiseTokenFile,
  type TokenFile,
  withTokens,
} from './token-file.ts';

const key: ChainKey = { clientId: 'app-1', tokenUrl: undefined, refreshToken: 'refresh-1' };
const tokens = (count: number) => ({
  accessToken: `access-${String(count)}`,
  refreshToken: `refresh-${String(count)}`,
  expiresAtMs: count * 1000,
});
const ofRenewals = (count: number): TokenFile =>
  Array.from({ length: count }, (_, index) => tokens(index + 2)).reduce<TokenFile>(
    (chains, next) => withTokens(chains, key, next),
    [],
  );

const reread = (chains: TokenFile): TokenFile => {
  const parsed = parseTokenFile(serialiseTokenFile(chains));
  if (parsed.kind === 'unusable') throw new Error(parsed.problem);
  return parsed.chains;
};

test('a chain is found by every refresh token that it has had, and gives the newest', () => {
  const chains = reread(ofRenewals(3));
  for (const refreshToken of ['refresh-1', 'refresh-2', 'refresh-3', 'refresh-4'])
    expect(findChain(chains, { ...key, refreshToken })?.tokens).toEqual(tokens(4));
});

test.each([
  ['a refresh token that it never had', { refreshToken: 'refresh-5' }],
  ['another client', { clientId: 'app-2' }],
  ['a broker in place of HighLevel', { tokenUrl: 'https://broker.test/token' }],
])('a chain is not found by %s', (_, changed) => {
  expect(findChain(reread(ofRenewals(3)), { ...key, ...changed })).toBeUndefined();
});

test('two brokers that give the same refresh token to everyone are told apart', () => {
  const one = { ...key, tokenUrl: 'https://broker.test/one' };
  const two = { ...key, tokenUrl: 'https://broker.test/two' };
  const renewed = { accessToken: 'access-of-one', refreshToken: 'refresh-1' };
  const chains = reread(withTokens([], one, renewed));
  expect(findChain(chains, one)?.tokens).toMatchObject(renewed);
  expect(findChain(chains, two)).toBeUndefined();
  expect(serialiseTokenFile(chains)).not.toContain('broker.test');
});

test('other chains, and what another version may have written into them, stay as they are', () => {
  const other = { ...withTokens([], { ...key, clientId: 'app-2' }, tokens(7))[0], note: { a: [1] } };
  const chains = withTokens([other], key, tokens(2));
  expect(reread(withTokens(chains, key, tokens(3)))[0]).toEqual(other);
  expect(withTokens(chains, key, tokens(3))).toHaveLength(2);
});

test('an old refresh token is kept as its fingerprint alone', () => {
  const content = serialiseTokenFile(ofRenewals(3));
  expect(content).not.toMatch(/refresh-[123]\b/);
  expect(content).toContain(fingerprint('refresh-1'));
  expect(fingerprint('refresh-1')).toMatch(/^[0-9a-f]{32}$/);
});

test('a chain does not grow for ever, and never forgets the token of a configuration that nobody changes', () => {
  const chains = ofRenewals(800);
  expect(serialiseTokenFile(chains).length).toBeLessThan(30_000);
  expect(findChain(chains, key)?.tokens).toEqual(tokens(801));
  expect(findChain(chains, { ...key, refreshToken: 'refresh-700' })?.tokens).toEqual(tokens(801));
});

test('a run is behind a chain that has had its refresh token and has another one', () => {
  const chain = findChain(ofRenewals(3), key);
  if (chain === undefined) throw new Error('There is no chain.');
  expect(isBehind(chain, 'refresh-3')).toBe(true);
  expect(isBehind(chain, 'refresh-4')).toBe(false);
  expect(isBehind(chain, 'refresh-5')).toBe(false);
});

test('a broker whose refresh token comes back is at its newest tokens', () => {
  const back = withTokens(ofRenewals(1), key, { accessToken: 'access-3', refreshToken: 'refresh-1' });
  const chain = findChain(reread(back), key);
  expect(chain?.tokens).toEqual({
    accessToken: 'access-3',
    refreshToken: 'refresh-1',
    expiresAtMs: undefined,
  });
  expect(chain && isBehind(chain, 'refresh-1')).toBe(false);
});

test.each(['', '\n', serialiseTokenFile([])])('%j has no chains yet', (content) => {
  expect(parseTokenFile(content)).toEqual({ kind: 'chains', chains: [] });
});

const whole = serialiseTokenFile(ofRenewals(1));

test.each([
  ['not one of this connector', 'refresh_token=abc'],
  ['not one of this connector', whole.slice(0, -20)],
  ['not one of this connector', '[]'],
  ['not one of this connector', '{"credentials":{"refresh_token":"a"}}'],
  ['another version', whole.replace('"version": 1', '"version": 2')],
  ['damaged', '{"format":"source-highlevel tokens","version":1}'],
  ['damaged', whole.replace('"refresh_token":', '"refreshed":')],
  ['damaged', whole.replace('"client_id":', '"client":')],
  ['damaged', whole.replace('"refresh_token_fingerprints":', '"fingerprints":')],
])('a file that is %s is not used (%#)', (problem, content) => {
  expect(parseTokenFile(content)).toEqual({ kind: 'unusable', problem: expect.stringContaining(problem) });
});
