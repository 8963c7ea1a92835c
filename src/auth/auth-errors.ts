import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

const BUG = 'Please report it with the log of this sync.';
const FOLDER =
  'Create the folder, let the user that runs the connector (uid 1000 in the image) write to it, and mount the folder, not the file.';

/** What can go wrong with a sign-in. */
export const AUTH_ERRORS = {
  refresh_token_refused: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel no longer accepts the refresh token: each one works only once, and this one has been used, has expired or was revoked. In Airbyte: Open the settings of the source and sign in again, or paste a new refresh token. With docker or PyAirbyte: sign in again, put the new access_token and refresh_token into the configuration, and run with --token-file (or HIGHLEVEL_TOKEN_FILE), which keeps the tokens that follow. Use one source for each sign-in: two that share a refresh token lock each other out.',
    cause:
      'The configuration was used before and did not get the tokens that followed; or two sources share a sign-in; or the app was uninstalled.',
    cure: 'As the message says. State is not lost: the next sync goes on where the last one stopped.',
  },
  refresh_token_replaced: {
    type: 'transient_error',
    reach: 'sync',
    message:
      'HighLevel no longer accepts the refresh token: each one works only once, and this one has been used, has expired or was revoked. Another run of this source has probably renewed it a moment ago; the next attempt reads the new one.',
    cause: 'The first attempt of a job may have got its configuration before another run renewed the tokens.',
    cure: 'Nothing. If it comes again, the next attempt says what to do.',
  },
  renewal_inactive: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel renews no token because the location or agency is not active (suspended or unpaid). Reactivate it in HighLevel; the same refresh token then works again, there is no need to sign in anew.',
    cause: 'The account that was signed in to is paused.',
    cure: 'As the message says.',
  },
  client_refused: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel does not accept client_id and client_secret ("{words}"). Copy both again from your app in the marketplace; the refresh token must have been issued to the same app.',
    cause:
      'A secret that was renewed in the marketplace, a part that was not copied, or the keys of another app.',
    cure: 'As the message says.',
  },
  renewal_refused: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel refused to renew the token ({answer}). Check client_id, client_secret and token_url in the settings of the source, or sign in again.',
    cause: 'A refusal for a reason that is not known.',
    cure: 'As the message says.',
  },
  token_refused_again: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel refuses the access token although it has just been renewed. Open the settings of the source and sign in again; if that does not help, check that the app is still installed.',
    cause: 'The app was uninstalled, or its sign-in was revoked, while its refresh token still works.',
    cure: 'As the message says.',
  },
  token_identity_unknown: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The token endpoint does not tell whether the token is for an agency or for a location (userType). Check token_url in the settings of the source, or sign in again.',
    cause: "A broker that keeps the tokens leaves out parts of HighLevel's answer.",
    cure: 'Let the broker pass `userType`, `companyId` and `locationId` on, or empty `token_url`.',
  },
  token_answer_unreadable: {
    type: 'system_error',
    reach: 'sync',
    message: 'The token endpoint answered without an access token. Check token_url, or report it.',
    cause: 'What answers at `token_url` is no token endpoint; or HighLevel has changed its answer.',
    cure: `Empty \`token_url\`, or correct it. ${BUG}`,
  },
  sign_in_for_one_location: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The sign-in is for location {location} only. Sign in for the agency, or take the others out of location_ids.',
    cause: 'At the sign-in a sub-account was chosen, not the agency.',
    cure: 'As the message says.',
  },
  agency_scope_missing: {
    type: 'config_error',
    reach: 'sync',
    message:
      "The sign-in may not open the agency's locations (\"{words}\"). It takes an agency's OAuth sign-in whose app has the scope {scope}: add the scope to the app, then connect again from the agency's view.",
    cause: 'Tokens of locations are made from the token of the agency, which takes a scope of its own.',
    cure: 'As the message says (docs/setup.md).',
  },
  agency_location_inactive: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The location is not active (suspended or unpaid). Reactivate it in HighLevel, or add it to the sub-accounts to leave out (exclude_location_ids).',
    cause: 'The agency has paused the sub-account, or its subscription was not paid.',
    cure: 'As the message says; `inaccessible_locations` decides whether such locations fail the sync.',
  },
  agency_location_not_installed: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The app is not installed in the location. Install it there, or add it to the sub-accounts to leave out (exclude_location_ids).',
    cause: 'The sub-account is new, or somebody took the app off it.',
    cure: 'As the message says.',
  },
  agency_location_refused: {
    type: 'config_error',
    reach: 'partition',
    message:
      'HighLevel gives no access to the location. Check its ID, and that it belongs to the agency and has the app installed, or add it to the sub-accounts to leave out (exclude_location_ids).',
    cause: 'Mostly an ID in `location_ids` that is not one of this agency.',
    cure: 'As the message says.',
  },
  location_token_missing: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel answered without a token for location {location}.',
    cause: 'HighLevel has changed its answer, or something in between has.',
    cure: BUG,
  },
  private_token_missing: {
    type: 'config_error',
    reach: 'partition',
    message: 'There is no private integration token for the location. Add a line for it to location_tokens.',
    cause: '`location_ids` names a location that no line of `location_tokens` is for.',
    cure: 'As the message says, or take the location out of `location_ids`.',
  },
  token_file_unreadable: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The token file {path} cannot be read ({reason}). Let the user that runs the connector read it, or name another file.',
    cause: 'The file belongs to another user, or its name is that of a folder.',
    cure: 'As the message says.',
  },
  token_file_foreign: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The token file {path} {problem}; it is left as it is. Name another file with --token-file (HIGHLEVEL_TOKEN_FILE), or take this one away.',
    cause: 'The file holds something else, or a later version of the connector wrote it.',
    cure: 'As the message says.',
  },
  token_file_unwritable: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The token file {path} cannot be written ({reason}). No token was renewed, because its successor could not be kept. Its folder has to exist, and the user that runs the connector has to be able to write in it; with docker, mount the folder (-v), not the file alone.',
    cause: 'A folder that is not there or not to be written to, or a disk that is full.',
    cure: FOLDER,
  },
  token_file_lost: {
    type: 'config_error',
    reach: 'sync',
    message:
      'HighLevel has renewed the tokens, but the token file {path} cannot be written any more ({reason}). The new ones are in the last CONTROL line of the output: put its access_token and refresh_token into the configuration, or run again within half a minute, while HighLevel still repeats its answer. Its folder has to exist, and the user that runs the connector has to be able to write in it; with docker, mount the folder (-v), not the file alone.',
    cause:
      'The file could be written before the tokens were renewed, and not after: a disk that has just filled up.',
    cure: 'As the message says; if neither can be done any more, sign in again.',
  },
} as const satisfies ErrorTable;

export const authError = errorsOf(AUTH_ERRORS);
