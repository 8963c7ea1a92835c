import { refusal } from './answers.ts';
import type { Call } from './call.ts';
import { REFUSED_LOCATION } from './options.ts';
import type { Audience, Route, Server } from './server.ts';
import type { AccessToken, TokenClass } from './tokens.ts';
import type { LocationState } from './world.ts';

const VERSIONS = ['v3', '2023-02-21', '2021-07-28', '2021-04-15', 'legacy'];
const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const NOT_AUTHORIZED = 'The token is not authorized for this scope.';
const WRONG_AUTH_CLASS =
  'This authClass type is not allowed to access this scope. Please verify your IAM configuration if this is not the case.';

/** The edge turns away what libraries call themselves by default. */
export const isLibraryUserAgent = (userAgent: string | null): boolean =>
  userAgent === null ||
  userAgent.trim() === '' ||
  /^(axios|python-urllib|python-requests|node(-fetch)?|undici|got)\b/i.test(userAgent);

/** Published versions are interchangeable; the absence of one, an unpublished and a malformed one each have their answer. */
export const checkVersion = ({ headers }: Call): void => {
  const version = headers['version'];
  if (version === undefined || version === '') throw refusal(401, 'version header was not found.');
  if (VERSIONS.includes(version)) return;
  if (DATE_SHAPE.test(version)) throw refusal(401, 'version header is invalid');
  throw refusal(400, `Invalid API version segment '${version}' at position 0`);
};

export const authenticate = ({ accessTokens, now, knobs }: Server, { headers }: Call): AccessToken => {
  const text = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? '';
  const token = accessTokens.find(text);
  if (token === undefined)
    throw refusal(401, text.startsWith('pit-') ? 'Invalid Private Integration token' : 'Invalid JWT');
  if (token.expiresAt <= now()) throw refusal(401, knobs.expiredTokenMessage);
  return token;
};

/** What a token of the wrong class hears, per audience; who is not named is let in. */
const WRONG_CLASS: Readonly<Record<Audience, Partial<Record<TokenClass, string>>>> = {
  location: { Company: WRONG_AUTH_CLASS, 'pit-agency': NOT_AUTHORIZED },
  agency: { Location: "Token's user type mismatch!", 'pit-location': "Token's user type mismatch!" },
  company_oauth: {
    Location: "This token's user type is not yet supported!",
    'pit-agency': NOT_AUTHORIZED,
    'pit-location': NOT_AUTHORIZED,
  },
  agency_or_location: {},
  anybody: {},
};

/** The scope is checked before the class, and both before the location. */
export const authorize = ({ scopes }: Server, { audience, scope }: Route, token: AccessToken): void => {
  const permitted = scope === undefined || (token.scopes.includes(scope) && scopes.has(scope));
  if (!permitted) throw refusal(401, NOT_AUTHORIZED);
  const wrongClass = WRONG_CLASS[audience][token.tokenClass];
  if (wrongClass !== undefined) throw refusal(401, wrongClass);
};

const isOfAgency = ({ tokenClass }: AccessToken): boolean =>
  tokenClass === 'Company' || tokenClass === 'pit-agency';

/** The location a request names, if the token may see it. */
export const locationFor = (
  { locations, knobs }: Server,
  token: AccessToken,
  locationId: string | undefined,
): LocationState => {
  const foreign = refusal(REFUSED_LOCATION.status, REFUSED_LOCATION.message);
  if (locationId === undefined) throw foreign;
  if (!isOfAgency(token) && token.resourceId !== locationId) throw foreign;
  const location = locations.get(locationId);
  if (location === undefined) throw foreign;
  if (location.access === 'refused') throw refusal(location.refusal.status, location.refusal.message);
  if (location.access === 'suspended' && !isOfAgency(token))
    throw refusal(knobs.suspendedAnswer.status, knobs.suspendedAnswer.message);
  return location;
};
