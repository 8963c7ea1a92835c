import { createCodes } from './codes.ts';
import { createGrants, type Grant, type Grants } from './grants.ts';
import { createLocationStates } from './location-states.ts';
import { createKnobs, DATA_SCOPES, OAUTH_SCOPES, type SimulatorOptions } from './options.ts';
import { createPageCache } from './page-cache.ts';
import { createRandom, hashOf, hashOfText } from './random.ts';
import { createIssuedTokens } from './search-page.ts';
import type { Server } from './server.ts';
import { type AccessTokens, createAccessTokens, createAppIdentity } from './tokens.ts';
import { createWorld, type LocationState, type World } from './world.ts';

export interface ServerParts {
  readonly server: Server;
  readonly world: World;
  /** The agency's sign-in, and the one of the first location if there is any. */
  readonly grants: { readonly Company: Grant; readonly Location: Grant | undefined };
  readonly agencyToken: string;
}

const DEFAULT_KEPT_PAGE_BYTES = 256 * 1024 * 1024;
const AGENCY_SCOPES = ['companies.readonly', 'locations.readonly', 'users.readonly', 'snapshots.readonly'];

const locationsOf = ({ locations = 1 }: SimulatorOptions) =>
  typeof locations === 'number' ? Array.from({ length: locations }, () => ({})) : locations;

const addAgencyToken = (accessTokens: AccessTokens, text: string, companyId: string): string => {
  accessTokens.addPrivate({ text, tokenClass: 'pit-agency', resourceId: companyId, scopes: AGENCY_SCOPES });
  return text;
};

const signIn = (grants: Grants, userType: Grant['userType'], resourceId: string): Grant => {
  const grant = { userType, resourceId };
  grants.open(grant);
  return grant;
};

/** Every location has a private integration, with what the app may do but for its OAuth scopes. */
const addLocationToken = (
  accessTokens: AccessTokens,
  scopes: ReadonlySet<string>,
  location: LocationState,
): void => {
  const granted = [...scopes].filter((scope) => !OAUTH_SCOPES.includes(scope));
  const { id, privateToken } = location;
  accessTokens.addPrivate({
    text: privateToken,
    tokenClass: 'pit-location',
    resourceId: id,
    scopes: granted,
  });
};

/** The company, its app, its locations and its sign-ins, all from the seed. */
export const createServer = (options: SimulatorOptions, now: () => number): ServerParts => {
  const { seed: named = 'seed' } = options;
  const seed = hashOfText(String(named));
  const random = createRandom(seed);
  const app = createAppIdentity(random);
  const knobs = createKnobs(options.knobs);
  const scopes = new Set(options.scopes ?? [...DATA_SCOPES, ...OAUTH_SCOPES]);
  const accessTokens = createAccessTokens(app, now);
  const agencyToken = addAgencyToken(accessTokens, `pit-${random.uuid()}`, app.companyId);
  const state = createLocationStates({
    seed: hashOf(seed, 1),
    companyId: app.companyId,
    options,
    clock: { now, lagMs: () => knobs.indexLagMs },
    onCreated: (location) => {
      addLocationToken(accessTokens, scopes, location);
    },
  });
  for (const location of locationsOf(options)) state.createLocation(location);
  const [firstLocation] = state.locations.keys();
  const grants = createGrants(app, now);
  return {
    server: {
      app,
      knobs,
      now,
      random: createRandom(hashOf(seed, 2)),
      locations: state.locations,
      accessTokens,
      grants,
      codes: createCodes(createRandom(hashOf(seed, 3)), now),
      issued: createIssuedTokens(),
      pages: createPageCache(options.keptPageBytes ?? DEFAULT_KEPT_PAGE_BYTES),
      scopes,
      company: { active: true },
    },
    world: createWorld(state),
    grants: {
      Company: signIn(grants, 'Company', app.companyId),
      Location: firstLocation === undefined ? undefined : signIn(grants, 'Location', firstLocation),
    },
    agencyToken,
  };
};
