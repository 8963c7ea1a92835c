import type { JsonObject } from '../../src/foundation/json.ts';
import { isJsonObject, textAt } from '../../src/foundation/json.ts';
import { type Answer, oauthRefusal, refusal } from './answers.ts';
import type { Call } from './call.ts';
import type { Grant } from './grants.ts';
import { OAUTH_SCOPES } from './options.ts';
import { queryChoice, queryNumber, refuseUnknown, requireTexts } from './parameters.ts';
import type { Random } from './random.ts';
import type { Route, RouteContext, Server } from './server.ts';
import type { LocationState } from './world.ts';
import { textOf } from './text-of.ts';

const REFRESHED_LIFETIME_S = 86_399;
const MINTED_LIFETIME_S = 86_400;
const INSTALLED_PARAMETERS =
  'companyId appId skip limit query isInstalled versionId onTrial planId locationId'.split(' ');

/** Only forms are read: a JSON body has no parameters here. */
const formOf = ({ headers, body }: Call): JsonObject =>
  (headers['content-type'] ?? '').includes('application/x-www-form-urlencoded') && isJsonObject(body)
    ? body
    : {};

const inactive = () => refusal(400, 'Location is not active');

const isActive = ({ company, locations }: Server, { userType, resourceId }: Grant): boolean =>
  company.active && (userType === 'Company' || locations.get(resourceId)?.access !== 'suspended');

const grantedScopes = ({ scopes }: Server, grant?: Grant): readonly string[] =>
  (grant?.scopes ?? [...scopes]).filter((scope) => scopes.has(scope));

const tokenAnswer = ({ server }: RouteContext, grant: Grant, refreshToken: string): Answer => {
  const { userType, resourceId } = grant;
  const { app } = server;
  const scopes = grantedScopes(server, grant);
  const access = server.accessTokens.issue({
    tokenClass: userType,
    resourceId,
    scopes,
    lifetimeS: REFRESHED_LIFETIME_S,
  });
  const isCompany = userType === 'Company';
  return {
    status: 200,
    body: {
      access_token: access.text,
      token_type: 'Bearer',
      expires_in: REFRESHED_LIFETIME_S,
      refresh_token: refreshToken,
      scope: scopes.join(' '),
      refreshTokenId: app.appId,
      userType,
      companyId: app.companyId,
      ...(isCompany ? {} : { locationId: resourceId }),
      userId: app.companyId,
      isBulkInstallation: isCompany,
      ...(isCompany
        ? { installToFutureLocations: true, approveAllLocations: true, approvedLocations: [] }
        : {}),
    },
  };
};

const requireParameters = (form: JsonObject, names: readonly string[]): void => {
  const missing = names.find((name) => textAt(form, name) === undefined);
  if (missing !== undefined) throw refusal(400, `Missing parameter: ${missing}`);
};

const checkClient = ({ app }: Server, form: JsonObject): void => {
  if (form['client_id'] !== app.clientId || form['client_secret'] !== app.clientSecret)
    throw oauthRefusal(401, 'UnAuthorized!', 'Invalid client credentials!');
};

/** The code is looked up before the client is, and is used up by that. `user_type` is a hint that forces nothing. */
const exchangeCode = (context: RouteContext, form: JsonObject): Answer => {
  const { server } = context;
  const issue = server.codes.take(textOf(form['code']));
  if (issue === undefined) throw oauthRefusal(401, 'UnAuthorized!', 'Authorization code not found');
  checkClient(server, form);
  // What HighLevel says is not known, nor whether it compares the two; the standard asks for it.
  if (form['redirect_uri'] !== issue.redirectUri)
    throw oauthRefusal(400, 'invalid_grant', 'Invalid redirect_uri');
  if (!isActive(server, issue.grant)) throw inactive();
  return tokenAnswer(context, issue.grant, server.grants.latest(issue.grant));
};

const giveTokens = (context: RouteContext): Answer => {
  const { server, call } = context;
  const form = formOf(call);
  requireParameters(form, ['client_id', 'client_secret', 'grant_type']);
  if (form['grant_type'] === 'authorization_code') return exchangeCode(context, form);
  if (form['grant_type'] !== 'refresh_token') throw refusal(400, 'Invalid parameter: grant_type');
  requireParameters(form, ['refresh_token']);
  const refreshToken = textOf(form['refresh_token']);
  checkClient(server, form);
  const grant = server.grants.find(refreshToken);
  // Before the trade: the same refresh token works again once the location is active.
  if (grant !== undefined && !isActive(server, grant)) throw inactive();
  const next = server.grants.rotate(refreshToken);
  return tokenAnswer(context, grant ?? { userType: 'Company', resourceId: server.app.companyId }, next);
};

const mintable = ({ server }: RouteContext, companyId: string, locationId: string): LocationState => {
  const location = server.locations.get(locationId);
  const { status, message } = server.knobs.uninstalledAnswer;
  if (location === undefined || companyId !== server.app.companyId) throw refusal(status, message);
  switch (location.access) {
    case 'suspended':
      throw inactive();
    case 'uninstalled':
      throw refusal(status, message);
    case 'refused':
      throw refusal(location.refusal.status, location.refusal.message);
    case 'active':
      return location;
  }
};

const mint = (context: RouteContext): Answer => {
  const { server, call } = context;
  const form = formOf(call);
  requireTexts(form, ['companyId', 'locationId']);
  if (!server.company.active) throw inactive();
  const { id } = mintable(context, textOf(form['companyId']), textOf(form['locationId']));
  // HighLevel adds the two OAuth scopes unasked.
  const scopes = [...new Set([...grantedScopes(server), ...OAUTH_SCOPES])];
  const access = server.accessTokens.issue({
    tokenClass: 'Location',
    resourceId: id,
    scopes,
    lifetimeS: MINTED_LIFETIME_S,
  });
  const { companyId, appId } = server.app;
  return {
    status: 201,
    body: {
      access_token: access.text,
      token_type: 'Bearer',
      expires_in: MINTED_LIFETIME_S,
      scope: scopes.join(' '),
      locationId: id,
      companyId,
      userId: companyId,
      planId: companyId,
      appId,
      versionId: appId,
      userType: 'Location',
    },
  };
};

const shuffled = <T>(list: readonly T[], random: Random): readonly T[] =>
  list
    .map((item) => ({ item, place: random.next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ item }) => item);

const installedRow = ({ id, row, access, installedAt }: LocationState, versionId: string): JsonObject => {
  const isInstalled = access !== 'uninstalled';
  const listed = { _id: id, name: row['name'] ?? '', address: row['address'] ?? '', isInstalled };
  return isInstalled ? { ...listed, versionId, installedAt } : listed;
};

const listInstalled = ({ server, call }: RouteContext): Answer => {
  const { query } = call;
  if (call.headers['version'] === 'v3')
    throw refusal(
      400,
      `Endpoint ${call.path} not available in API version v3. This endpoint was removed in version v3. Please use a version before v3.`,
    );
  refuseUnknown(query, INSTALLED_PARAMETERS);
  requireTexts(query, ['companyId', 'appId']);
  const skip = queryNumber(call, 'skip', { fallback: 0 });
  const limit = queryNumber(call, 'limit', { fallback: 20, most: server.knobs.mostLocations });
  const size = Math.min(limit, server.knobs.silentLocationsPage ?? limit);
  const wanted = queryChoice(call, 'isInstalled', ['true', 'false']);
  const isOurs = query['companyId'] === server.app.companyId && query['appId'] === server.app.appId;
  const all = isOurs ? [...server.locations.values()] : [];
  const listed = all
    .map((location) => installedRow(location, server.app.appId))
    .filter((row) => wanted === undefined || textOf(row['isInstalled']) === wanted)
    .filter((row) => query['locationId'] === undefined || row['_id'] === query['locationId'])
    .filter((row) =>
      textOf(row['name'])
        .toLowerCase()
        .includes((query['query'] ?? '').toLowerCase()),
    );
  const ordered = server.knobs.installedOrder === 'shuffled' ? shuffled(listed, server.random) : listed;
  return {
    status: 200,
    body: {
      locations: ordered.slice(skip, skip + size),
      // Documented as the company's locations, with the app or without it.
      count: all.length,
      installToFutureLocations: true,
    },
  };
};

export const oauthRoutes: readonly Route[] = [
  { method: 'POST', path: /^\/oauth\/token$/, audience: 'anybody', handle: giveTokens },
  {
    method: 'POST',
    path: /^\/oauth\/locationToken$/,
    audience: 'company_oauth',
    scope: 'oauth.write',
    handle: mint,
  },
  {
    method: 'GET',
    path: /^\/oauth\/installedLocations$/,
    audience: 'company_oauth',
    scope: 'oauth.readonly',
    handle: listInstalled,
  },
];
