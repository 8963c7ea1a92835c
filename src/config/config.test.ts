import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { type Config, parseConfig } from './config.ts';

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

describe('a configuration', () => {
  test('of the required fields alone has the defaults', () => {
    const expected: Config = {
      credentials: {
        kind: 'oauth',
        clientId: 'client',
        clientSecret: 'secret',
        refreshToken: 'refresh',
        accessToken: 'access',
        tokenExpiryMs: undefined,
        tokenUrl: undefined,
      },
      locationIds: [],
      excludeLocationIds: [],
      startDate: undefined,
      inaccessibleLocations: 'skip_inactive',
      lookbackMs: 3_600_000,
      trailingDays: undefined,
      costlyStreams: [],
      quotaShare: 0.8,
      maxConcurrency: undefined,
      maxSyncMs: undefined,
      additionalFields: 'keep',
      apiUrl: 'https://services.leadconnectorhq.com',
    };
    expect(parseConfig(withOAuth())).toEqual(expected);
  });

  test('with every field has every value, in the program’s units', () => {
    const config = parseConfig(
      withOAuth(
        {
          location_ids: ['a', 'b', 'a', 'c'],
          exclude_location_ids: ['c', 'd'],
          start_date: '2024-01-31T00:00:00Z',
          inaccessible_locations: 'fail',
          lookback_window_minutes: 1,
          max_quota_share: 100,
          max_concurrency: 100,
          max_sync_minutes: 2,
          additional_fields: 'drop',
          api_url: 'http://127.0.0.1:8080/api//',
        },
        { token_expiry_date: '2026-01-31T12:00:00Z', token_url: 'https://broker.example/token' },
      ),
    );
    expect(config).toMatchObject({
      credentials: { tokenExpiryMs: Date.UTC(2026, 0, 31, 12), tokenUrl: 'https://broker.example/token' },
      locationIds: ['a', 'b'],
      excludeLocationIds: ['c', 'd'],
      startDate: '2024-01-31T00:00:00.000Z',
      inaccessibleLocations: 'fail',
      lookbackMs: 60_000,
      quotaShare: 1,
      maxConcurrency: 100,
      maxSyncMs: 120_000,
      additionalFields: 'drop',
      apiUrl: 'http://127.0.0.1:8080/api',
    });
  });

  test.each([
    ['empty texts', ''],
    ['blanks', '  \n'],
    ['nulls', null],
  ])('takes %s for absent', (_, nothing) => {
    const names = [
      'location_ids',
      'exclude_location_ids',
      'start_date',
      'inaccessible_locations',
      'lookback_window_minutes',
      'max_quota_share',
      'max_concurrency',
      'max_sync_minutes',
      'additional_fields',
      'api_url',
    ];
    const settings = Object.fromEntries(names.map((name) => [name, nothing]));
    const credentials = {
      token_expiry_date: nothing,
      token_url: nothing,
      version_id: nothing,
      scopes: nothing,
    };
    expect(parseConfig(withOAuth(settings, credentials))).toEqual(parseConfig(withOAuth()));
  });

  test('loses the blanks around pasted values, and empty entries of lists', () => {
    const config = parseConfig(
      withOAuth({ location_ids: [' a\n', '', null] }, { client_secret: '\tsecret ', auth_type: ' oauth2.0' }),
    );
    expect(config).toMatchObject({ locationIds: ['a'], credentials: { clientSecret: 'secret' } });
  });

  test('may have keys nobody knows, and keys for acceptance tests', () => {
    expect(parseConfig(withOAuth({ _limit: 'x', _page_size: {}, invented: [1] }))).toEqual(
      parseConfig(withOAuth()),
    );
  });

  test.each([
    ['2024-01-31T00:00:00Z', '2024-01-31T00:00:00.000Z'],
    ['2024-01-31T00:00:00.5Z', '2024-01-31T00:00:00.500Z'],
    ['2024-01-31T00:00:00.123456Z', '2024-01-31T00:00:00.123Z'],
    ['2024-01-31T01:00:00+02:00', '2024-01-30T23:00:00.000Z'],
  ])('brings the start date %s to UTC', (start_date, expected) => {
    expect(parseConfig(withOAuth({ start_date })).startDate).toBe(expected);
  });

  test.each([
    ['2026-01-31T12:00:00Z', Date.UTC(2026, 0, 31, 12)],
    ['2026-01-31T12:00:00.250+00:00', Date.UTC(2026, 0, 31, 12, 0, 0, 250)],
    ['2026-01-31T12:00:00', Date.UTC(2026, 0, 31, 12)],
    ['86399', undefined],
    ['tomorrow', undefined],
  ])('reads the token expiry %j as %p', (token_expiry_date, expected) => {
    expect(parseConfig(withOAuth({}, { token_expiry_date })).credentials).toMatchObject({
      tokenExpiryMs: expected,
    });
  });
});

describe('private integration tokens', () => {
  test('are kept by location, in their order', () => {
    expect(parseConfig(withTokens()).credentials).toEqual({
      kind: 'private',
      tokens: new Map([
        ['LOC1', 'pit-1'],
        ['LOC2', 'pit-2'],
      ]),
    });
  });

  test('may be more than the locations wanted', () => {
    expect(parseConfig(withTokens({ location_ids: ['LOC2'] })).locationIds).toEqual(['LOC2']);
  });

  test('may be missing for a location that is left out', () => {
    const config = parseConfig(
      withTokens({ location_ids: ['LOC1', 'LOC3'], exclude_location_ids: ['LOC3'] }),
    );
    expect(config.locationIds).toEqual(['LOC1']);
  });
});
