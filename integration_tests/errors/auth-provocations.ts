import type { AUTH_ERRORS } from '../../src/auth/auth-errors.ts';
import { jwt } from '../../src/auth/doubles/jwt.ts';
import { createMemoryFile } from '../../src/auth/doubles/memory-file.ts';
import { createScriptedChain } from '../../src/auth/doubles/scripted-chain.ts';
import { createFileTokenStore } from '../../src/auth/file-token-store.ts';
import { createSingleLocationAccess } from '../../src/auth/location-access.ts';
import { createPrivateTokens } from '../../src/auth/private-tokens.ts';
import { createTokenMint } from '../../src/auth/token-mint.ts';
import type { JsonValue } from '../../src/foundation/json.ts';
import { answer } from '../../src/http/doubles/scripted-client.ts';
import { createScriptedRequester } from '../../src/http/doubles/scripted-requester.ts';
import type { Provocation, Provocations } from './provocation.ts';

const own = { token: () => Promise.resolve('company-token'), renew: () => Promise.resolve(false) };

const renewal =
  (status: number, body: JsonValue, mayBeStale = false): Provocation =>
  () =>
    createScriptedChain({ script: () => answer(status, body), mayBeStale }).chain.renew('access-1');

const minting =
  (status: number, body: JsonValue): Provocation =>
  () => {
    const { requester } = createScriptedRequester(() => answer(status, body));
    return createTokenMint({ company: own, companyId: 'C', requester })('L');
  };

const TOKENS = { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAtMs: undefined };

/** The first operation of this kind, and all that follow, fail. */
const fileThatFails =
  (failing: 'read' | 'replace', isRenewed: boolean): Provocation =>
  () => {
    const file = createMemoryFile();
    file.before((operation) => {
      if (operation === failing) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    const key = { clientId: 'app', tokenUrl: undefined, refreshToken: 'refresh-1' };
    const store = createFileTokenStore(file, key);
    return isRenewed ? store.keep(TOKENS) : store.prepare(TOKENS);
  };

export const authProvocations: Provocations<typeof AUTH_ERRORS> = {
  refresh_token_refused: renewal(400, { error: 'invalid_grant' }),
  refresh_token_replaced: renewal(400, { error: 'invalid_grant' }, true),
  renewal_inactive: renewal(400, { message: 'Location is not active' }),
  client_refused: renewal(401, { error: 'invalid_client', error_description: 'Invalid client credentials!' }),
  renewal_refused: renewal(400, { message: 'Bad Request' }),
  token_refused_again: async () => {
    const { chain } = createScriptedChain();
    await chain.renew(await chain.token());
    return chain.renew(await chain.token());
  },
  token_identity_unknown: () => {
    const script = () => answer(200, { access_token: jwt({}), refresh_token: 'refresh-2' });
    return createScriptedChain({ script }).chain.identity();
  },
  token_answer_unreadable: renewal(200, {}),
  sign_in_for_one_location: () => createSingleLocationAccess(own, 'L').authenticatorFor('M').token(),
  agency_scope_missing: minting(401, { message: 'The token is not authorized for this scope.' }),
  agency_location_inactive: minting(400, { message: 'Location is not active' }),
  agency_location_not_installed: minting(404, {}),
  agency_location_refused: minting(400, { message: 'Bad Request' }),
  location_token_missing: minting(201, {}),
  private_token_missing: () => createPrivateTokens(new Map()).authenticatorFor('L').token(),
  token_file_unreadable: fileThatFails('read', false),
  token_file_foreign: () =>
    createFileTokenStore(createMemoryFile('{"shopping":"list"}'), {
      clientId: 'app',
      tokenUrl: undefined,
      refreshToken: 'refresh-1',
    }).newest(),
  token_file_unwritable: fileThatFails('replace', false),
  token_file_lost: fileThatFails('replace', true),
};
