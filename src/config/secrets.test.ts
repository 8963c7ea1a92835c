import { expect, test } from '@jest/globals';
import type { JsonObject } from '../foundation/json.ts';
import { collectSecrets } from './secrets.ts';

test.each<[string, JsonObject, readonly string[]]>([
  [
    'each secret of OAuth credentials',
    {
      credentials: {
        auth_type: 'oauth2.0',
        client_id: 'id',
        client_secret: ' secret\n',
        refresh_token: 'refresh',
        access_token: 'access',
        version_id: 'version',
      },
      api_url: 'https://example.com',
    },
    ['id', 'secret', 'refresh', 'access'],
  ],
  [
    'each token of a text of location tokens, and no location',
    { credentials: { location_tokens: 'LOC1 pit-1\r\n"LOC2": "pit-2" # name' } },
    ['pit-1', 'pit-2'],
  ],
  [
    'what is on a bad line',
    { credentials: { location_tokens: 'pit-1\npit-2 LOC2\nLOC3 pit-3 x' } },
    ['pit-1', 'pit-2', 'LOC2', 'LOC3', 'pit-3', 'x'],
  ],
  ['what stands in the wrong place', { access_token: 'a', x: [{ client_secret: ['b'] }] }, ['a', 'b']],
  ['a secret once', { access_token: 'a', refresh_token: 'a' }, ['a']],
  ['no mask and no empty text', { access_token: '****', refresh_token: '', client_secret: null }, []],
  ['nothing in an empty configuration', {}, []],
])('the redactor learns %s', (_, config, expected) => {
  expect(collectSecrets(config)).toEqual(expected);
});
