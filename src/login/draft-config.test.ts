import { expect, test } from '@jest/globals';
import { draftConfig } from './draft-config.ts';

const parts = {
  existing: undefined,
  clientId: 'app-1',
  clientSecret: 'secret',
  versionId: undefined,
  scopes: undefined,
  apiUrl: undefined,
};

test('what was not given is not in a new configuration', () => {
  expect(Object.keys(draftConfig(parts))).toEqual(['credentials']);
});

test('an existing configuration keeps its settings, and loses the old expiry', () => {
  const credentials = { auth_type: 'oauth2.0', version_id: 'v', token_expiry_date: '2020-01-01T00:00:00Z' };
  const draft = draftConfig({ ...parts, existing: { credentials, start_date: 'x' }, scopes: 'a b' });
  expect(draft).toMatchObject({ start_date: 'x', credentials: { version_id: 'v', scopes: 'a b' } });
  expect(draft['credentials']).not.toHaveProperty('token_expiry_date');
});

test('private integration tokens do not stay beside a sign-in', () => {
  const credentials = { auth_type: 'private_integration_token', location_tokens: 'LOC pit-1' };
  expect(draftConfig({ ...parts, existing: { credentials } })['credentials']).not.toHaveProperty(
    'location_tokens',
  );
});
