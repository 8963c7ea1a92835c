import { expect, test } from '@jest/globals';
import { clientSecret } from './client-secret.ts';

const config = (secret: string) => ({ credentials: { client_id: 'app-1', client_secret: secret } });

const find = (parts: {
  readonly variable?: string;
  readonly existing?: ReturnType<typeof config>;
  readonly typed?: string;
  readonly clientId?: string;
}) =>
  clientSecret({
    env: { HIGHLEVEL_CLIENT_SECRET: parts.variable },
    existing: parts.existing,
    clientId: parts.clientId ?? 'app-1',
    machine: { askSecretly: () => Promise.resolve(parts.typed) },
    signal: new AbortController().signal,
  });

test.each([
  ['the environment first', { variable: ' env ', existing: config('kept'), typed: 'typed' }, 'env'],
  ['then the configuration', { variable: '', existing: config('kept'), typed: 'typed' }, 'kept'],
  ['not of another app', { existing: config('kept'), clientId: 'app-2', typed: 'typed' }, 'typed'],
  ['not what Airbyte shows in its place', { existing: config('**********'), typed: 'typed' }, 'typed'],
  ['then the person', { typed: ' typed ' }, 'typed'],
])('the secret is taken from %s', async (_, parts, expected) => {
  expect(await find(parts)).toBe(expected);
});

test.each([[{}], [{ typed: ' ' }]])('without one (%j) it is said where it may come from', async (parts) => {
  await expect(find(parts)).rejects.toThrow('HIGHLEVEL_CLIENT_SECRET');
});
