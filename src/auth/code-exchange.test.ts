import { expect, test } from '@jest/globals';
import { answer, type Script } from '../http/doubles/scripted-client.ts';
import { createScriptedRequester } from '../http/doubles/scripted-requester.ts';
import { exchangeCode } from './code-exchange.ts';

const exchange = (script: Script) => {
  const { requester, client } = createScriptedRequester(script);
  const exchanged = exchangeCode('the-code', {
    clientId: 'app-key',
    clientSecret: 'secret',
    redirectUri: 'http://localhost:8080',
    userType: 'Company',
    requester,
    signal: new AbortController().signal,
  });
  return { exchanged, client };
};

test('a code is given for tokens, with the redirect URI that it was asked for with', async () => {
  const { exchanged, client } = exchange([
    answer(200, { access_token: 'a', refresh_token: 'r', userType: 'Company', scope: 'x y' }),
  ]);
  expect(await exchanged).toMatchObject({ accessToken: 'a', refreshToken: 'r', scopes: ['x', 'y'] });
  expect(client.sent).toMatchObject([
    {
      method: 'POST',
      path: '/oauth/token',
      body: {
        kind: 'form',
        value: {
          client_id: 'app-key',
          client_secret: 'secret',
          grant_type: 'authorization_code',
          code: 'the-code',
          user_type: 'Company',
          redirect_uri: 'http://localhost:8080',
        },
      },
    },
  ]);
});

test.each([
  [
    401,
    { error: 'UnAuthorized!', error_description: 'Authorization code not found' },
    'does not know the code',
  ],
  [401, { error: 'UnAuthorized!', error_description: 'Invalid client credentials!' }, 'the client secret ("'],
  [400, { error: 'invalid_grant', error_description: 'Invalid redirect_uri' }, 'not accept the redirect URI'],
  [400, { error: 'invalid_grant' }, 'does not know the code'],
  [400, { statusCode: 400, message: 'Location is not active' }, 'is not active in HighLevel'],
  [422, { message: ['something else'] }, 'gave no tokens for the code (422, "something else")'],
])('%d %j is explained', async (status, body, words) => {
  const { exchanged, client } = exchange([answer(status, body)]);
  await expect(exchanged).rejects.toMatchObject({
    failureType: 'config_error',
    message: expect.stringContaining(words),
  });
  expect(client.sent).toHaveLength(1);
});

test.each([[{}], [{ access_token: 'a' }], [{ refresh_token: 'r' }]])(
  'an answer with %j is no sign-in',
  async (body) => {
    await expect(exchange([answer(200, body)]).exchanged).rejects.toMatchObject({
      failureType: 'system_error',
      message: expect.stringContaining('Run login again'),
    });
  },
);
