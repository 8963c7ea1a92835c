import { authenticate, authorize, checkVersion, locationFor } from './access.ts';
import { type Answer, envelope, notFound, Refusal } from './answers.ts';
import type { OpenCall } from './call.ts';
import { consentRoutes } from './consent-routes.ts';
import { dataRoutes } from './data-routes.ts';
import { listRoutes } from './list-routes.ts';
import { oauthRoutes } from './oauth-routes.ts';
import type { Quota, RateLimiter } from './rate-limiter.ts';
import { searchRoutes } from './search-routes.ts';
import { calendarRoutes } from './routes/calendar-routes.ts';
import { conversationRoutes } from './routes/conversation-routes.ts';
import { crmRoutes } from './routes/crm-routes.ts';
import { formRoutes } from './routes/form-routes.ts';
import { marketingRoutes } from './routes/marketing-routes.ts';
import { objectRoutes } from './routes/object-routes.ts';
import { paymentRoutes } from './routes/payment-routes.ts';
import type { Route, RouteContext, Server } from './server.ts';
import type { AccessToken } from './tokens.ts';

const ROUTES: readonly Route[] = [
  ...consentRoutes,
  ...oauthRoutes,
  ...searchRoutes,
  ...dataRoutes,
  ...listRoutes,
  ...calendarRoutes,
  ...conversationRoutes,
  ...crmRoutes,
  ...formRoutes,
  ...marketingRoutes,
  ...objectRoutes,
  ...paymentRoutes,
];

export interface Dispatched {
  readonly answer: Answer;
  readonly quota: Quota;
}

/** All private integrations of a location share one bucket; an app has one of its own for each location and company. */
const bucketOf = ({ tokenClass, resourceId }: AccessToken): string =>
  bucketName(tokenClass === 'pit-agency' || tokenClass === 'pit-location' ? 'private' : 'app', resourceId);

export const bucketName = (client: 'app' | 'private', resourceId: string): string =>
  `${client} ${resourceId}`;

const enter = (server: Server, call: OpenCall, route: Route, token: AccessToken | undefined): Answer => {
  const location = () => {
    if (token === undefined) throw new TypeError('A route for anybody has no location.');
    return locationFor(server, token, route.location === 'token' ? token.resourceId : call.locationId);
  };
  const context: RouteContext = { server, call, token, location };
  const named = call.locationId !== undefined;
  // The location is checked before the rest of the request is looked at.
  if (
    route.location === 'required' ||
    route.location === 'token' ||
    (route.location === 'validated' && named)
  )
    location();
  return route.handle(context);
};

const answerOf = (decide: () => Answer): Answer => {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
};

/** Route, version, token, quota, scope and class, location, validation, data: the first to refuse answers. */
export const dispatch = (server: Server, limiter: RateLimiter, call: OpenCall): Dispatched => {
  let quota = limiter.unused();
  const answer = answerOf(() => {
    const route = ROUTES.find(({ method, path }) => method === call.method && path.test(call.path));
    if (route === undefined) throw notFound(call.method, call.path);
    if (route.audience === 'anybody') return enter(server, call, route, undefined);
    checkVersion(call);
    const token = authenticate(server, call);
    call.tokenClass = token.tokenClass;
    quota = limiter.take(bucketOf(token));
    if (!quota.granted) return envelope(429, 'Too Many Requests');
    authorize(server, route, token);
    return enter(server, call, route, token);
  });
  return { answer, quota };
};
