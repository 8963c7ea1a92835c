import { jwt } from '../../src/auth/doubles/jwt.ts';
import type { JsonValue } from '../../src/foundation/json.ts';
import { findLocations } from '../../src/source/find-locations.ts';
import { createInstalledLocations } from '../../src/source/installed-locations.ts';
import type { SOURCE_ERRORS } from '../../src/source/source-errors.ts';
import { judgeLocations } from '../../src/source/verdict.ts';
import { configError } from '../../src/foundation/errors.ts';
import { createRecordingLog } from '../../src/http/doubles/recording-log.ts';
import { answering, type Provocation, type Provocations, run } from './provocation.ts';

interface Signed {
  readonly clientId?: string;
  readonly claims: JsonValue;
}

const AGENCY = { authClass: 'Company', authClassId: 'C', primaryAuthClassId: 'C', exp: 4_000_000_000 };

const oauth = ({ clientId = 'app-1', claims }: Signed) => ({
  auth_type: 'oauth2.0',
  client_id: clientId,
  client_secret: 's3cr3t',
  refresh_token: 'refresh-1',
  access_token: jwt(claims),
});

interface Choice {
  readonly locationIds?: readonly string[];
  readonly excluded?: readonly string[];
  readonly own?: readonly string[];
}

const finding =
  ({ locationIds = [], excluded = [], own }: Choice): Provocation =>
  () =>
    findLocations({
      choice: { locationIds, excludeLocationIds: excluded },
      ownLocations: own,
      installed: { all: () => Promise.resolve(new Set<string>()), has: () => Promise.resolve(false) },
      known: new Set(),
      log: createRecordingLog(),
    });

const listing =
  (page: (call: number) => JsonValue): Provocation =>
  () => {
    let call = 0;
    const authenticator = { token: () => Promise.resolve('t'), renew: () => Promise.resolve(false) };
    const request = () => {
      call += 1;
      return Promise.resolve({ status: 200, headers: {}, body: page(call), sizeBytes: 1 });
    };
    const { signal } = new AbortController();
    return createInstalledLocations({ authenticator, companyId: 'C', appId: 'a' }, { request }, signal).all();
  };

const gone = (locationId: string) => ({
  locationId,
  error: configError('not there', { access: 'not_installed' }),
});

const judged =
  (total: number, newlyGone: readonly string[]): Provocation =>
  () =>
    judgeLocations({
      policy: 'skip_all',
      failures: newlyGone.map(gone),
      total,
      newlyGone: new Set(newlyGone),
      known: new Set(['A', 'B', 'D']),
    }).incident;

const unscoped = (): Response => answering(401, { message: 'The token is not authorized for this scope.' });

export const sourceProvocations: Provocations<typeof SOURCE_ERRORS> = {
  no_scope: () =>
    run({
      command: 'check',
      credentials: oauth({ claims: { ...AGENCY, oauthMeta: { scopes: ['users.write'] } } }),
    }),
  sign_in_unnamed: () =>
    run({ command: 'check', credentials: oauth({ claims: { authClass: 'Location', exp: 4_000_000_000 } }) }),
  client_id_of_other_app: () =>
    run({ command: 'check', credentials: oauth({ claims: { ...AGENCY, oauthMeta: { client: 'other' } } }) }),
  locations_not_opened: finding({ own: ['A'], locationIds: ['B'] }),
  no_location_left: finding({ own: ['A'], excluded: ['A'] }),
  no_location_installed: finding({}),
  location_gone: async () => {
    const { absent } = await findLocations({
      choice: { locationIds: [], excludeLocationIds: [] },
      ownLocations: undefined,
      installed: { all: () => Promise.resolve(new Set(['A'])), has: () => Promise.resolve(false) },
      known: new Set(['B']),
      log: createRecordingLog(),
    });
    return absent.get('B');
  },
  installed_list_unreadable: listing(() => ({})),
  installed_list_unstable: listing((call) => ({ locations: call % 3 === 0 ? [] : [{ _id: `L${call}` }] })),
  agency_private_token: () =>
    run({
      command: 'check',
      answer: ({ url }) => (url.includes('/locations/search') ? { locations: [] } : unscoped()),
    }),
  profile_missing: () => run({ streams: ['locations'] }),
  state_foreign: () =>
    run({
      syncMode: 'incremental',
      state: [
        {
          type: 'STREAM',
          stream: { stream_descriptor: { name: 'contacts' }, stream_state: { states: 'x' } },
        },
      ],
    }),
  stream_unknown: () => run({ streams: ['deals'] }),
  no_location_readable: judged(2, ['A', 'B']),
  too_many_gone: judged(9, ['A', 'B']),
  socket_mode: () => run({ env: { DATA_CHANNEL_MEDIUM: 'SOCKET' } }),
};
