import { describe, expect, test } from '@jest/globals';
import { isCredentialKey, withoutCredentials } from './credential-keys.ts';

describe('a key that is named like a credential', () => {
  test.each([
    ['token'],
    ['apiToken'],
    ['privateToken'],
    ['accessToken'],
    ['refresh_token'],
    ['oauth_token'],
    ['oauth_token_secret'],
    ['X-Auth-Token'],
    ['signingSecret'],
    ['consumerSecret'],
    ['client-secret'],
    ['CLIENT_SECRET'],
    ['secretAccessKey'],
    ['accessKey'],
    ['apiKey'],
    ['x-api-key'],
    ['stripeSecretKey'],
    ['private_key'],
    ['Authorization'],
    ['Proxy-Authorization'],
    ['authenticationValue'],
    ['cookie'],
    ['Set-Cookie'],
    ['bearer'],
    ['jwt'],
    ['password'],
    ['pass_phrase'],
    ['credentials'],
    ['userPassword'],
    ['smtpPassword'],
    ['password_hash'],
    ['pwd'],
    ['apiKeys'],
    ['accessTokens'],
    ['secrets'],
    ['cookies'],
    ['client_credentials'],
    ['jwtToken'],
    ['userToken'],
    ['deviceToken'],
    ['stripeToken'],
    ['csrfToken'],
    ['encryptionKey'],
    ['licenseKey'],
    ['authHeader'],
    ['ssn'],
    ['social security number'],
  ])('is %s', (key) => {
    expect(isCredentialKey(key)).toBe(true);
    // It is remembered what a key was judged to be.
    expect(isCredentialKey(key)).toBe(true);
  });

  test.each([
    ['nextToken'],
    ['isSecret'],
    ['preauthorization'],
    ['passwordProtected'],
    ['pageTokens'],
    ['tokenCount'],
    ['secretary'],
    ['keyword'],
    ['key'],
    ['fieldKey'],
    ['authorId'],
    ['author'],
    ['sessionId'],
    ['session'],
    ['ssnap'],
    ['passThrough'],
    ['passengers'],
    ['cookieConsent'],
    ['bearerName'],
    [''],
  ])('is not %j', (key) => {
    expect(isCredentialKey(key)).toBe(false);
    expect(isCredentialKey(key)).toBe(false);
  });
});

describe('data without credentials', () => {
  test('lacks them at any depth, and keeps everything else', () => {
    const data = {
      id: 'a',
      steps: [{ token: 'x', url: 'u' }, [{ headers: { 'X-API-Key': 'x', accept: 'json' } }]],
    };
    expect(withoutCredentials(data)).toEqual({
      id: 'a',
      steps: [{ url: 'u' }, [{ headers: { accept: 'json' } }]],
    });
  });

  test.each([['key'], ['name']])('lacks the value of a header that is named by its %s', (naming) => {
    const headers = [
      { [naming]: 'Authorization', value: 'Bearer x', enabled: true },
      { [naming]: 'x-api-key', value: { text: 'x' } },
      { [naming]: 'Accept', value: 'json' },
    ];
    expect(withoutCredentials({ headers })).toEqual({
      headers: [
        { [naming]: 'Authorization', enabled: true },
        { [naming]: 'x-api-key' },
        { [naming]: 'Accept', value: 'json' },
      ],
    });
  });

  test('lacks the value of a pair if either of its names is a credential’s', () => {
    const pair = { key: 'h1', name: 'Authorization', value: 'Bearer x' };
    expect(withoutCredentials(pair)).toEqual({ key: 'h1', name: 'Authorization' });
  });

  test.each([['text'], [1], [true], [null]])('is %j where there is nothing to look into', (value) => {
    expect(withoutCredentials(value)).toBe(value);
  });
});
