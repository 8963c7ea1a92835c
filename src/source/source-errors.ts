import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

const BUG = 'Please report it with the log of this sync.';

/** What can go wrong before a stream is read: with the choice of locations and streams, and with states. */
export const SOURCE_ERRORS = {
  no_scope: {
    type: 'config_error',
    reach: 'sync',
    message: 'The app has none of the scopes that reading needs ({scopes}). Add them and sign in again.',
    cause: 'The app in the marketplace has other scopes, or the sign-in is from before they were added.',
    cure: 'As the message says; docs/setup.md has the scopes of each stream.',
  },
  sign_in_unnamed: {
    type: 'config_error',
    reach: 'sync',
    message: 'HighLevel did not say which {whom} the sign-in is for. Sign in again.',
    cause: "A token without the agency's or the location's ID, as a broker may give it.",
    cure: 'As the message says; if `token_url` is set, let what answers there pass `companyId` and `locationId` on.',
  },
  client_id_of_other_app: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The client ID (client_id) belongs to another app than the tokens. Copy the client ID and the client secret of the app that was signed in to.',
    cause: 'There are two apps in the marketplace, say one for tests.',
    cure: 'As the message says.',
  },
  locations_not_opened: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The credentials do not open {foreign}: they are for {own} only. Correct location_ids, or sign in with the agency.',
    cause: '`location_ids` names locations that the sign-in or the private tokens are not for.',
    cure: 'As the message says.',
  },
  no_location_left: {
    type: 'config_error',
    reach: 'sync',
    message:
      'The sub-accounts to leave out (exclude_location_ids) leave no location to sync. Take at least one off that list.',
    cause: 'An empty sync would replace tables with nothing, so it is an error.',
    cure: 'As the message says.',
  },
  no_location_installed: {
    type: 'config_error',
    reach: 'sync',
    message:
      "The app is installed in no location of the agency. Install it from the agency's view in at least one, and see that client_id is the app's that was signed in to.",
    cause: 'An empty sync would replace tables with nothing, so it is an error.',
    cure: 'As the message says.',
  },
  location_gone: {
    type: 'config_error',
    reach: 'partition',
    message:
      'The location was synced before, but the app is no longer installed in it. Install the app there again, or add it to the sub-accounts to leave out (exclude_location_ids) if it has left.',
    cause: 'The client left, or somebody took the app off the sub-account.',
    cure: 'As the message says. Its rows stay in the destination, and its state is kept.',
  },
  installed_list_unreadable: {
    type: 'system_error',
    reach: 'sync',
    message: "HighLevel's list of installed locations {problem}.",
    cause: 'HighLevel has changed its answer, or something in between has.',
    cure: `Name the locations in \`location_ids\`, which does without the list. ${BUG}`,
  },
  installed_list_unstable: {
    type: 'transient_error',
    reach: 'sync',
    message:
      "HighLevel's list of installed locations changes faster than it can be read. Sync again later, or name the locations in location_ids.",
    cause: 'The app is being installed in many sub-accounts at this moment.',
    cure: 'As the message says.',
  },
  agency_private_token: {
    type: 'config_error',
    reach: 'partition',
    message:
      "The token belongs to the agency. An agency's private integration token cannot read the data of a location: create one inside the location (Settings, Private Integrations), or sign in with OAuth.",
    cause: "HighLevel has no way from an agency's private token to its locations.",
    cure: 'As the message says.',
  },
  profile_missing: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel\'s answer about the location has no "location".',
    cause: 'HighLevel has changed its answer, or something in between has.',
    cure: BUG,
  },
  state_foreign: {
    type: 'config_error',
    reach: 'stream',
    message:
      "The given state is not one of this connector's. Clear (reset) the connection's state and sync again.",
    cause: 'The state is from another connector for HighLevel, or somebody edited it.',
    cure: 'As the message says; a reset reads everything again.',
  },
  stream_unknown: {
    type: 'config_error',
    reach: 'stream',
    message:
      "The catalog selects the stream {stream}, which this connector does not have. Refresh the source's schema.",
    cause: 'A stream of another connector or version, or a name that is not written as `discover` writes it.',
    cure: 'As the message says; without Airbyte, correct the catalog.',
  },
  no_location_readable: {
    type: 'config_error',
    reach: 'partition',
    message: 'None of the locations can be read, which may be about the agency itself.',
    cause: 'The agency is suspended, or the app was taken off it. What each location says stands behind it.',
    cure: 'Look at the agency in HighLevel; sign in again if the app was uninstalled.',
  },
  too_many_gone: {
    type: 'config_error',
    reach: 'partition',
    message:
      "{gone} of {known} locations that were synced before cannot be read now ({ids}). So many at once fail the sync whatever the settings say: if these clients have left, add them to the sub-accounts to leave out (exclude_location_ids); else find out what happened to the app's installation.",
    cause:
      'More than a tenth of the locations, and at least two, are gone at once: an incident rather than clients who left.',
    cure: 'Look whether the app was taken off or the agency is suspended. If they have left for good, add them to `exclude_location_ids`.',
  },
  socket_mode: {
    type: 'system_error',
    reach: 'sync',
    message:
      'The platform asks for data over sockets; this connector writes to standard output. Switch socket mode off for it.',
    cause: 'A setting of newer platforms, made for databases.',
    cure: 'As the message says.',
  },
} as const satisfies ErrorTable;

export const sourceError = errorsOf(SOURCE_ERRORS);
