import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

const BUG = 'Please report it with the log of this sync.';
const NOTHING = 'Nothing, as a rule: the next sync goes on from here.';

/** What can go wrong with a request, whatever it is for. `{said}` is what HighLevel says of it, in its own words. */
export const HTTP_ERRORS = {
  api_is_a_page: {
    type: 'transient_error',
    reach: 'partition',
    message:
      "What answers is a page and not HighLevel's API. If you have set the API URL (api_url), check it; else something between this machine and HighLevel answers in its place.",
    cause:
      'A sign-in page of a network, a page of maintenance, or an address that is not the one of the API.',
    cure: 'Empty `api_url`, or correct it; ask whoever runs the network for a way through.',
  },
  quota_used_up: {
    type: 'transient_error',
    reach: 'partition',
    message: "HighLevel's request quota was used up while reading {purpose}.",
    cause:
      'HighLevel allows 100 requests in 10 seconds for each location, whoever sends them. Other tools of the location took them, again and again.',
    cure: 'Sync at another time, or lower `max_quota_share` so that all have enough.',
  },
  daily_quota_used_up: {
    type: 'transient_error',
    reach: 'partition',
    message:
      'The daily request quota is used up, or what is left of it is reserved for other tools (the setting max_quota_share). It is whole again {when}; a later sync goes on from here.',
    cause: 'HighLevel allows 200,000 requests a day for each location, whoever sends them.',
    cure: 'Wait, or raise `max_quota_share`. Sync less often, or without the streams that take most requests (docs/streams.md).',
  },
  highlevel_outage: {
    type: 'transient_error',
    reach: 'partition',
    message:
      'HighLevel has an outage: it answered {status} when asked for {purpose}.{said} Nothing needs to be changed.',
    cause: 'HighLevel failed several times in a row, also after waits.',
    cure: NOTHING,
  },
  redirected: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The API answered with a redirect ({status}), which is not followed because it would carry the token elsewhere. Check the API address (api_url, or token_url of the credentials) in the settings of the source.',
    cause: 'An address with http instead of https, or one that has moved.',
    cure: 'Empty `api_url` and `token_url`, or give the addresses that are redirected to.',
  },
  location_inactive: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The location is not active (suspended or unpaid). Reactivate it in HighLevel, or add it to the sub-accounts to leave out (exclude_location_ids).',
    cause: 'The agency has paused the sub-account, or its subscription was not paid.',
    cure: 'As the message says; `inaccessible_locations` decides whether such locations fail the sync.',
  },
  api_version_refused: {
    type: 'system_error',
    reach: 'stream',
    message: `HighLevel does not accept the API version this connector asks for {purpose}.{said} Please report it with the log of this sync.`,
    cause: 'HighLevel has retired a version of its API that this stream was written for.',
    cure: `Look for a newer version of the connector. ${BUG}`,
  },
  location_refused: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The token has no access to the location.{said} With OAuth, install the app in it. With private integrations, check that the token was created inside it. Or add it to the sub-accounts to leave out (exclude_location_ids).',
    cause: 'The app was taken off the location, or the token is for another one.',
    cure: 'As the message says.',
  },
  scope_missing: {
    type: 'config_error',
    reach: 'stream',
    message:
      "The token may not read {purpose}: the scope {scope} is missing. With OAuth, add the scope to your app and connect again. With a private integration, add the scope and regenerate the token; an agency's private token cannot read a location, it takes one of each location.",
    cause: 'A sign-in keeps the scopes it was made with: those added to the app later take another sign-in.',
    cure: 'As the message says, or leave the stream out. docs/setup.md has the scopes of all streams.',
  },
  token_kind_refused: {
    type: 'config_error',
    reach: 'stream',
    message:
      'This kind of token may not read {purpose}{scope}.{said} Sign in for the agency with an app whose target user is the sub-account, or give a private token of each location.',
    cause: 'HighLevel has tokens of agencies and tokens of locations, and most data takes the latter.',
    cure: 'As the message says.',
  },
  token_refused: {
    type: 'config_error',
    reach: 'partition',
    message:
      'HighLevel does not accept the token.{said} Sign in again, or give a new private token, in the settings of the source.',
    cause: 'The token was revoked or regenerated, or the app was uninstalled.',
    cure: 'As the message says.',
  },
  user_agent_blocked: {
    type: 'system_error',
    reach: 'sync',
    message:
      "HighLevel's edge blocks this connector by its User-Agent (error code 1010). Please report it with the log of this sync.",
    cause: "A rule of the firewall before HighLevel's API.",
    cure: BUG,
  },
  machine_forbidden: {
    type: 'config_error',
    reach: 'sync',
    message:
      "Something before HighLevel's API forbids the requests of this machine (403 with a page instead of an answer): a proxy, a firewall or HighLevel's edge. Allow the machine there, or run the connector elsewhere.",
    cause: "The address of the machine is blocked, or a proxy's rules do not allow the API's host.",
    cure: 'As the message says.',
  },
  reading_forbidden: {
    type: 'config_error',
    reach: 'partition',
    message:
      "HighLevel forbids reading {purpose}.{said} The location's plan or the rights of whoever signed in may not cover it.",
    cause: 'A 403 without one of the reasons that are known.',
    cure: "See that the feature is part of the location's plan, and sign in as an administrator of the agency; or leave the stream out.",
  },
  request_refused: {
    type: 'system_error',
    reach: 'partition',
    message:
      'HighLevel refused the request for {purpose} ({status}).{said} Please report it with the log of this sync.',
    cause: 'HighLevel answered in a way that nobody foresaw: its API may have changed.',
    cure: `Look for a newer version of the connector. ${BUG}`,
  },
  answer_too_large: {
    type: 'system_error',
    reach: 'partition',
    message: 'An answer of {whom} is larger than the {mebibytes} MiB that this connector takes at once.',
    cause: 'Rows with very large texts, even on the smallest page.',
    cure: BUG,
  },
  answer_too_deep: {
    type: 'system_error',
    reach: 'partition',
    message:
      "An answer of {whom} has more than {levels} lists and objects inside each other, which no row of HighLevel's can have. Please report it with the log of this sync.",
    cause: 'Not an answer of HighLevel, or one that is damaged.',
    cure: `Check \`api_url\`. ${BUG}`,
  },
  answer_unreadable: {
    type: 'transient_error',
    reach: 'partition',
    message: '{whom} sent an answer that breaks off or is not JSON.',
    cause:
      'The connection ended early, also when it was tried again; or something in between changes what is sent.',
    cure: NOTHING,
  },
  address_unusable: {
    type: 'config_error',
    reach: 'sync',
    message: 'The address of {whom} cannot be used. Check the addresses in the settings of the source.',
    cause: 'What is set as `api_url` or `token_url` is no address, or not one of a web service.',
    cure: 'Empty these settings, or correct them.',
  },
  certificate_untrusted: {
    type: 'transient_error',
    reach: 'partition',
    message:
      'The certificate of {whom} is not trusted ({code}), so nothing was sent. If a proxy in between inspects what is sent, give its certificate in a file that the environment variable NODE_EXTRA_CA_CERTS names.',
    cause: 'A proxy of the company that opens encrypted connections, or a clock that is far off.',
    cure: 'As the message says; with docker, mount the file and set the variable with -e.',
  },
  unreachable: {
    type: 'transient_error',
    reach: 'partition',
    message:
      '{whom} could not be reached ({code}). Check the network, a proxy in between, and the API URL (api_url) if one is set.',
    cause:
      '`ENOTFOUND` and `EAI_AGAIN`: the name was not found. `ECONNREFUSED`, `ETIMEDOUT`: a firewall. `ECONNRESET`: the connection was cut.',
    cure: 'Allow connections to services.leadconnectorhq.com, port 443. If it comes and goes, nothing.',
  },
  timed_out: {
    type: 'transient_error',
    reach: 'partition',
    message: '{whom} did not answer within {seconds} s.',
    cause: 'HighLevel is slow or the network is, also when it was tried again.',
    cure: NOTHING,
  },
  id_not_askable: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel sent the id "{id}", which cannot be asked for.',
    cause: 'An id that would change the address it is put into.',
    cure: BUG,
  },
} as const satisfies ErrorTable;

export const httpError = errorsOf(HTTP_ERRORS);
