import { describe, expect, test } from '@jest/globals';
import { ConnectorError } from '../foundation/errors.ts';
import type { JsonObject } from '../foundation/json.ts';
import { parseConfig } from './config.ts';

const SECRET = 'do-not-print-this';
const OAUTH = {
  auth_type: 'oauth2.0',
  client_id: 'client',
  client_secret: 'secret',
  refresh_token: 'refresh',
  access_token: 'access',
};
const PRIVATE = { auth_type: 'private_integration_token', location_tokens: 'LOC1 pit-1\nLOC2 pit-2' };

const withOAuth = (settings: JsonObject = {}, credentials: JsonObject = {}): JsonObject => ({
  credentials: { ...OAUTH, ...credentials },
  ...settings,
});
const withTokens = (settings: JsonObject = {}): JsonObject => ({ credentials: PRIVATE, ...settings });

const messageOf = (json: unknown): string => {
  try {
    parseConfig(json);
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.failureType === 'config_error') return thrown.message;
    throw thrown;
  }
  return 'no error';
};

describe('a configuration is refused', () => {
  test.each<[string, unknown, string]>([
    ['a list', [], 'must be a JSON object'],
    ['null', null, 'must be a JSON object'],
    ['empty', {}, 'credentials is missing'],
    ['credentials that are a text', { credentials: SECRET }, 'credentials must be an object'],
    ['credentials that are a list', { credentials: [SECRET] }, 'credentials must be an object'],
    [
      'no auth_type',
      { credentials: { access_token: SECRET } },
      'credentials.auth_type is missing: oauth2.0 or',
    ],
    ['another auth_type', withOAuth({}, { auth_type: SECRET }), 'credentials.auth_type must be oauth2.0 or'],
    ['no client id', withOAuth({}, { client_id: null }), 'credentials.client_id is missing'],
    ['an empty secret', withOAuth({}, { client_secret: ' ' }), 'credentials.client_secret is missing'],
    [
      'a secret that is no text',
      withOAuth({}, { refresh_token: [SECRET] }),
      'credentials.refresh_token must be a text',
    ],
    [
      'no location tokens',
      { credentials: { ...PRIVATE, location_tokens: '' } },
      'credentials.location_tokens is missing',
    ],
    [
      'a bad line',
      { credentials: { ...PRIVATE, location_tokens: `a pit-1\n${SECRET}` } },
      'location_tokens: line 2 must be',
    ],
    [
      'an http token url',
      withOAuth({}, { token_url: `http://${SECRET}.example` }),
      'credentials.token_url must begin with https',
    ],
    [
      'a start date without a time',
      withOAuth({ start_date: '2024-01-31' }),
      'start_date must be a date-time such as 2024-01-31T00:00:00Z.',
    ],
    [
      'a start date that is no day',
      withOAuth({ start_date: '2024-02-30T00:00:00Z' }),
      'start_date must be a date-time such as',
    ],
    [
      'a start date in a leap second',
      withOAuth({ start_date: '2016-12-31T23:59:60Z' }),
      'start_date must be a date-time such as',
    ],
    ['location ids in a text', withOAuth({ location_ids: SECRET }), 'location_ids must be a list'],
    [
      'a location id that is a number',
      withOAuth({ location_ids: ['a', 3] }),
      'location_ids.1 must be a text',
    ],
    [
      'an unknown choice',
      withOAuth({ inaccessible_locations: SECRET }),
      'inaccessible_locations must be one of skip_inactive, skip_all, fail',
    ],
    [
      'no lookback at all',
      withOAuth({ lookback_window_minutes: 0 }),
      'lookback_window_minutes must be at least 1',
    ],
    ['more than the quota', withOAuth({ max_quota_share: 101 }), 'max_quota_share must be at most 100'],
    [
      'a share below one percent',
      withOAuth({ max_quota_share: 0.8 }),
      'max_quota_share must be a whole number',
    ],
    ['too many requests at once', withOAuth({ max_concurrency: 101 }), 'max_concurrency must be at most 100'],
    [
      'a number that is a text',
      withOAuth({ max_sync_minutes: '60' }),
      'max_sync_minutes must be a whole number',
    ],
    ['an http api', withOAuth({ api_url: `http://${SECRET}.example` }), 'api_url must begin with https'],
    [
      'an api with a query',
      withOAuth({ api_url: `https://example.com?${SECRET}` }),
      'api_url must not hold a ?',
    ],
    [
      'a lookback of centuries',
      withOAuth({ lookback_window_minutes: 1e12 }),
      'lookback_window_minutes must be at most',
    ],
    [
      'a location without a token',
      withTokens({ location_ids: ['LOC1', 'LOC3', 'LOC4'] }),
      'without a line in credentials.location_tokens: LOC3, LOC4.',
    ],
    [
      'every wanted location left out',
      withOAuth({ location_ids: ['a'], exclude_location_ids: ['a', 'b'] }),
      'leaves out every location of location_ids',
    ],
    [
      'every location with a token left out',
      withTokens({ exclude_location_ids: ['LOC1', 'LOC2'] }),
      'leaves out every location of credentials.location_tokens',
    ],
  ])('for %s', (_, json, problem) => {
    expect(messageOf(json)).toContain(problem);
    expect(messageOf(json)).not.toContain(SECRET);
  });

  test.each(['client_id', 'client_secret', 'refresh_token', 'access_token'])('for a masked %s', (field) => {
    expect(messageOf(withOAuth({}, { [field]: '**********' }))).toBe(
      `The configuration is not valid: credentials.${field} holds only asterisks, which stand for a secret. Enter it again.`,
    );
  });

  test('for masked location tokens', () => {
    const config = { credentials: { ...PRIVATE, location_tokens: '**********' } };
    expect(messageOf(config)).toContain('credentials.location_tokens holds only asterisks');
  });

  test('with every problem at once, and no problem of another way to sign in', () => {
    const config = {
      credentials: { auth_type: 'oauth2.0', client_id: 'a', client_secret: 'b' },
      max_concurrency: 0,
    };
    expect(messageOf(config)).toBe(
      'The configuration is not valid: max_concurrency must be at least 1; ' +
        'credentials.refresh_token is missing; credentials.access_token is missing.',
    );
  });
});
