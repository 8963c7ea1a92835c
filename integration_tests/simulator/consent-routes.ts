import { type Answer, refusal } from './answers.ts';
import type { Grant } from './grants.ts';
import type { Route, RouteContext, Server } from './server.ts';

const wordsOf = (text: string | undefined): readonly string[] =>
  (text ?? '').split(/\s+/).filter((word) => word !== '');

/** Shown on the page itself: nobody is sent back to an address that the app does not have. */
const pageError = (reason: string): Error => refusal(400, reason);

const checkApp = ({ server, call: { query } }: RouteContext): void => {
  const { app, knobs } = server;
  if (query['response_type'] !== 'code') throw pageError('error.invalidresponsetype');
  if (query['client_id'] !== app.clientId) throw pageError('error.invalidclient');
  if (knobs.isPrivateApp && query['version_id'] === undefined) throw pageError('error.noversionid');
  if (query['version_id'] !== undefined && query['version_id'] !== app.appId)
    throw pageError('error.invalidversionid');
  if (!knobs.redirectUris.includes(query['redirect_uri'] ?? '')) throw pageError('error.invalidredirecturi');
};

const grantedScopes = ({ scopes, knobs }: Server, asked: readonly string[]): readonly string[] => {
  if (asked.length === 0) throw pageError('error.noscope');
  if (knobs.unknownScopes === 'refuse' && asked.some((scope) => !scopes.has(scope)))
    throw pageError('error.invalidscope');
  return asked.filter((scope) => scopes.has(scope));
};

/** What the person at the page chooses. */
const grantOf = ({ app, knobs, locations }: Server, scopes: readonly string[]): Grant | undefined => {
  switch (knobs.consent) {
    case 'agency':
      return { userType: 'Company', resourceId: app.companyId, scopes };
    case 'location': {
      const [resourceId] = locations.keys();
      if (resourceId === undefined) throw new RangeError('There is no location to choose.');
      return { userType: 'Location', resourceId, scopes };
    }
    case 'deny':
      return undefined;
  }
};

/** The page where a person chooses what to give access to, and the choice: it sends the browser back to the app. */
const choose = (context: RouteContext): Answer => {
  const { server, call } = context;
  checkApp(context);
  const { client_id: clientId = '', redirect_uri: redirectUri = '', scope, state } = call.query;
  const grant = grantOf(server, grantedScopes(server, wordsOf(scope)));
  const location = new URL(redirectUri);
  if (grant === undefined) {
    location.searchParams.set('error', 'access_denied');
    location.searchParams.set('error_description', 'The user has denied access');
  } else {
    server.grants.open(grant);
    location.searchParams.set('code', server.codes.issue({ grant, clientId, redirectUri }));
  }
  if (state !== undefined && server.knobs.echoesState) location.searchParams.set('state', state);
  return { status: 302, body: {}, headers: { location: location.href } };
};

export const consentRoutes: readonly Route[] = [
  { method: 'GET', path: /^(\/v2)?\/oauth\/chooselocation$/, audience: 'anybody', handle: choose },
];
