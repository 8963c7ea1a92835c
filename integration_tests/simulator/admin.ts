import { bucketName } from './dispatch.ts';
import type { Grant } from './grants.ts';
import { REFUSED_LOCATION } from './options.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Server } from './server.ts';
import type { AccessToken } from './tokens.ts';
import type { LocationState } from './world.ts';

/** What an agency's people do behind the connector's back. */
export interface Admin {
  /** Pauses a location, or the whole agency by the company's id. */
  readonly suspend: (id: string) => void;
  /** Ends a suspension, an uninstallation or a refusal. */
  readonly activate: (id: string) => void;
  /** Takes the app off a location, or off the agency by the company's id; its OAuth tokens die at once. */
  readonly uninstall: (id: string) => void;
  /** Puts the app back; tokens from before stay dead, and a sign-in has to be done again. */
  readonly install: (id: string) => void;
  /** Every token is refused for this location from now on; 403 unless told otherwise. */
  readonly refuse: (
    locationId: string,
    answer?: { readonly status: number; readonly message: string },
  ) => void;
  /** New tokens lack it, and old ones are refused. */
  readonly removeScope: (scope: string) => void;
  readonly addScope: (scope: string) => void;
  /** Private tokens cannot expire; all the others do if no choice is given. */
  readonly expireAccessTokens: (chosen?: (token: AccessToken) => boolean) => void;
  readonly revokeAccessTokens: (chosen?: (token: AccessToken) => boolean) => void;
  /** Kills the chains of both sign-ins; access tokens live on. */
  readonly invalidateRefreshTokens: () => void;
  /** Signs in anew, as after an uninstallation: `connectorConfig` then gives the new chains. */
  readonly signInAgain: () => void;
  /** Takes requests from the buckets of a location or company, as its other tools would. */
  readonly consumeQuota: (resourceId: string, count: number) => void;
}

export interface AdminParts {
  readonly server: Server;
  readonly limiter: RateLimiter;
  readonly grants: readonly Grant[];
}

const isOauthOf =
  (id: string, everywhere: boolean) =>
  ({ tokenClass, resourceId }: AccessToken): boolean =>
    (tokenClass === 'Company' || tokenClass === 'Location') && (everywhere || resourceId === id);

export const createAdmin = ({ server, limiter, grants }: AdminParts): Admin => {
  const { app, accessTokens, company, scopes } = server;
  const at = (locationId: string): LocationState => {
    const location = server.locations.get(locationId);
    if (location === undefined) throw new RangeError(`There is no location ${locationId}.`);
    return location;
  };
  const closeGrants = (chosen: (grant: Grant) => boolean): void => {
    grants.filter(chosen).forEach(server.grants.close);
  };
  const activate = (id: string): void => {
    if (id === app.companyId) company.active = true;
    else at(id).access = 'active';
  };
  return {
    suspend: (id) => {
      if (id === app.companyId) company.active = false;
      else at(id).access = 'suspended';
    },
    activate,
    uninstall: (id) => {
      const everywhere = id === app.companyId;
      if (!everywhere) at(id).access = 'uninstalled';
      accessTokens.revoke(isOauthOf(id, everywhere));
      closeGrants(({ resourceId }) => everywhere || resourceId === id);
    },
    install: activate,
    refuse: (locationId, answer = REFUSED_LOCATION) => {
      Object.assign(at(locationId), { access: 'refused', refusal: answer });
    },
    removeScope: (scope) => {
      scopes.delete(scope);
    },
    addScope: (scope) => {
      scopes.add(scope);
    },
    expireAccessTokens: accessTokens.expire,
    revokeAccessTokens: accessTokens.revoke,
    invalidateRefreshTokens: () => {
      closeGrants(() => true);
    },
    signInAgain: () => {
      grants.forEach(server.grants.open);
    },
    consumeQuota: (resourceId, count) => {
      limiter.consume(bucketName('app', resourceId), count);
      limiter.consume(bucketName('private', resourceId), count);
    },
  };
};
