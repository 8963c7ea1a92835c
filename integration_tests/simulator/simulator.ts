import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../src/foundation/json.ts';
import { type Admin, createAdmin } from './admin.ts';
import { type Call, type OpenCall, openCall } from './call.ts';
import { type ConfigKind, connectorConfig, type TokenPair } from './connector-config.ts';
import { createServer, type ServerParts } from './create-server.ts';
import { createFaults, type Faults } from './faults.ts';
import type { ConfigOverrides, Knobs, SimulatorOptions } from './options.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createResponder } from './responder.ts';
import type { AppIdentity } from './tokens.ts';
import type { World } from './world.ts';

export type BeforeAnswer = (call: Call) => void | Promise<void>;

/** A HighLevel that lives in memory. `handle` is a Fetch handler, so msw and node:http can both mount it. */
export interface Simulator {
  readonly handle: (request: Request) => Promise<Response>;
  readonly world: World;
  readonly admin: Admin;
  readonly knobs: Knobs;
  readonly faults: Faults;
  /** Every request so far, in the order of arrival. */
  readonly calls: readonly Call[];
  readonly app: AppIdentity;
  /** Runs before each answer is worked out, to change the world between two pages. Returns what takes it away again. */
  readonly beforeAnswer: (hook: BeforeAnswer) => () => void;
  /** A config with the newest tokens of its kind of sign-in. */
  readonly connectorConfig: (kind: ConfigKind, overrides?: ConfigOverrides) => JsonObject;
  /** The agency's own private integration token, which cannot read any location's rows. */
  readonly agencyToken: string;
  readonly locationToken: (locationId: string) => string;
}

const HIGHLEVEL_URL = 'https://services.leadconnectorhq.com';
const ACCESS_LIFETIME_S = 86_399;

const machineClock = (): number => new Date().getTime();

const machineSleep = async (milliseconds: number): Promise<void> => {
  await delay(milliseconds);
};

/** Gives the newest refresh token of a sign-in with an access token of the sign-in's own, issued once. */
const createPairs = ({ server, grants }: ServerParts) => {
  const pairs = new Map<'Company' | 'Location', TokenPair>();
  return (userType: 'Company' | 'Location'): TokenPair => {
    const grant = grants[userType];
    if (grant === undefined) throw new RangeError('There is no location to sign in to.');
    const refreshToken = server.grants.latest(grant);
    const known = pairs.get(userType);
    if (known?.refreshToken === refreshToken) return known;
    const scopes = [...server.scopes];
    const { resourceId } = grant;
    const access = server.accessTokens.issue({
      tokenClass: userType,
      resourceId,
      scopes,
      lifetimeS: ACCESS_LIFETIME_S,
    });
    const pair = { accessToken: access.text, refreshToken };
    pairs.set(userType, pair);
    return pair;
  };
};

/** The same options make the same world, down to the last id. */
export const createSimulator = (options: SimulatorOptions = {}): Simulator => {
  const { now = machineClock, sleep = machineSleep, url = HIGHLEVEL_URL } = options;
  const parts = createServer(options, now);
  const { server, world } = parts;
  const faults = createFaults();
  const limiter = createRateLimiter(() => server.knobs.rateLimits, now);
  const respond = createResponder({ server, limiter, faults, sleep });
  const calls: OpenCall[] = [];
  const hooks = new Set<BeforeAnswer>();
  const pair = createPairs(parts);
  if (parts.grants.Location !== undefined) pair('Location');
  pair('Company');
  const grants = Object.values(parts.grants).filter((grant) => grant !== undefined);
  const privateTokens = () =>
    [...server.locations.values()].map(({ id, privateToken }) => [id, privateToken] as const);
  return {
    world,
    faults,
    calls,
    knobs: server.knobs,
    app: server.app,
    admin: createAdmin({ server, limiter, grants }),
    agencyToken: parts.agencyToken,
    locationToken: (locationId) => server.locations.get(locationId)?.privateToken ?? '',
    connectorConfig: (kind, overrides) =>
      connectorConfig({ app: server.app, url, pair, privateTokens }, kind, overrides),
    beforeAnswer: (hook) => {
      hooks.add(hook);
      return () => {
        hooks.delete(hook);
      };
    },
    handle: async (request) => {
      const call = await openCall(request, now());
      calls.push(call);
      for (const hook of hooks) await hook(call);
      if (server.knobs.latencyMs > 0) await sleep(server.knobs.latencyMs);
      const response = await respond(call);
      call.status = response.status;
      return response;
    },
  };
};
