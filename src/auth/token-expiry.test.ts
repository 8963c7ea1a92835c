import { expect, test } from '@jest/globals';
import { withRotatedTokens } from '../config/rotate-config.ts';
import { answer } from '../http/doubles/scripted-client.ts';
import { jwt } from './doubles/jwt.ts';
import { createScriptedChain, expired, nextTokens } from './doubles/scripted-chain.ts';
import { readClaims } from './claims.ts';
import { parseTokenAnswer } from './token-answer.ts';
import { expiryOf } from './token-expiry.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 1);

/** What HighLevel's clock gives a token that it issues now and that is good for a day. */
const companyToken = (serial: number, serverNowMs: number): string =>
  jwt({ authClass: 'Company', authClassId: 'C1', serial, exp: (serverNowMs + DAY_MS) / 1000 });

test.each([0, 30 * MINUTE_MS, -30 * MINUTE_MS, DAY_MS, -DAY_MS, 400 * DAY_MS])(
  'a clock that is %i ms ahead renews an expired token once, though the endpoint does not tell its life',
  async (aheadMs) => {
    const initial = { ...expired, accessToken: companyToken(1, NOW_MS - 2 * DAY_MS) };
    const { chain, client, runtime } = createScriptedChain({
      script: (_, count) =>
        answer(200, { access_token: companyToken(count + 1, NOW_MS), refresh_token: `r-${String(count)}` }),
      initial,
    });
    runtime.set(NOW_MS + aheadMs);
    for (let request = 0; request < 5; request += 1) await chain.token();
    runtime.set(NOW_MS + aheadMs + 60 * MINUTE_MS);
    await chain.token();
    expect(client.sent).toHaveLength(1);
  },
);

test('a token that lives shorter than the margin is used for half of its life', async () => {
  const { chain, client, runtime } = createScriptedChain({
    script: (_, count) =>
      answer(200, {
        access_token: `a-${String(count)}`,
        refresh_token: `r-${String(count)}`,
        expires_in: 20,
      }),
    initial: expired,
  });
  for (let request = 0; request < 5; request += 1) expect(await chain.token()).toBe('a-1');
  runtime.set(9_999);
  expect(await chain.token()).toBe('a-1');
  runtime.set(10_000);
  expect(await chain.token()).toBe('a-2');
  expect(client.sent).toHaveLength(2);
});

test.each([
  { expires_in: 1e15 },
  { expires_in: 1e300 },
  { expires_in: '99999999999999' },
  { expires_in: -5 },
  { expires_in: null, access_token: jwt({ exp: 1e300 }) },
  { expires_in: null, access_token: jwt({ exp: 1e14 }) },
  { expires_in: null, access_token: jwt({ exp: Number.MAX_SAFE_INTEGER }) },
])('an expiry that no date can hold does not keep the new tokens from being told (%j)', (more) => {
  const parsed = parseTokenAnswer({ access_token: 'a', refresh_token: 'r', ...more });
  if (parsed === undefined) throw new Error('There is no token.');
  const tokens = { accessToken: 'a', refreshToken: 'r', expiresAtMs: expiryOf(parsed, NOW_MS) };
  expect(withRotatedTokens({}, tokens)).toMatchObject({ credentials: { refresh_token: 'r' } });
});

test('the life that the answer tells is counted by the local clock, the end that the token tells is believed', () => {
  const accessToken = companyToken(1, NOW_MS);
  expect(expiryOf({ accessToken, lifetimeMs: 1000 }, NOW_MS)).toBe(NOW_MS + 1000);
  expect(expiryOf({ accessToken, lifetimeMs: undefined }, NOW_MS)).toBe(NOW_MS + DAY_MS);
  expect(expiryOf({ accessToken: 'opaque', lifetimeMs: undefined }, NOW_MS)).toBeUndefined();
  expect(readClaims(accessToken)?.expiresAtMs).toBe(NOW_MS + DAY_MS);
});

test.each([
  ['the far past', -62_000_000_000_000, 1],
  ['the far future', 8_000_000_000_000_000, 0],
])('an expiry date in %s (%i) costs %i refreshes', async (_, expiresAtMs, refreshes) => {
  const { chain, client, runtime } = createScriptedChain({
    initial: { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs },
    script: (__, count) => nextTokens(count),
  });
  runtime.set(NOW_MS);
  for (let request = 0; request < 5; request += 1) await chain.token();
  expect(client.sent).toHaveLength(refreshes);
  // Whatever the date says, a refusal is heard.
  expect(await chain.renew(await chain.token())).toBe(true);
  expect(client.sent).toHaveLength(refreshes + 1);
});
