import { createRedactor } from '../../foundation/redact.ts';
import { defineCommand } from '../command.ts';

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const;
const flag = (describe: string) => ({ type: 'boolean', default: false, describe }) as const;

const options = {
  'client-id': text('Client ID of your marketplace app. Default: that of --config'),
  'redirect-uri': {
    ...text(
      'Redirect URL of the app, to the letter; at an address of this machine, login waits for the browser',
    ),
    default: 'http://localhost:8080',
  },
  out: text('Path of the configuration to write. Default: standard output'),
  config: text('Path of a configuration to sign in anew for; its other settings are kept'),
  force: flag('Overwrite what --out names'),
  scopes: text('Scopes to ask for, separated by blanks. Default: all that some stream needs'),
  'version-id': text('version_id in the install link of the app. Default: the client ID up to the dash'),
  'user-type': {
    choices: ['Company', 'Location'],
    describe: 'Accept a sign-in to the agency (Company) or to one sub-account (Location) only',
  },
  paste: flag('Do not wait for the browser; the address that it ends at is pasted'),
  'white-label': flag('Show the consent page that does not name HighLevel'),
  'api-url': text('Address that stands in for the API, as in the configuration'),
  'client-secret': { type: 'string', hidden: true },
} as const;

/** Whoever has typed it has to be told, because it is in the history of the shell now. */
const SECRET_REFUSED =
  'Error: Arguments are kept in the history of the shell and shown to other users of the machine, so --client-secret is not taken. Put the ' +
  'client secret into the environment variable HIGHLEVEL_CLIENT_SECRET, or leave it out and login asks for it.';

export const loginCommand = defineCommand({
  name: 'login',
  describe: 'Sign in to HighLevel in the browser, and write the configuration',
  options,
  examples: [
    ['$0 login --client-id ID --out config.json', 'It asks for the client secret'],
    ['$0 login --config config.json --out config.json', 'Sign in anew; the settings stay'],
    ['$0 login --client-id ID --paste --out config.json', 'On a machine that the browser cannot reach'],
  ],
  isWholeOrNothing: true,
  run: async (given, context) => {
    if (given.clientSecret !== undefined) {
      context.say(SECRET_REFUSED);
      return 1;
    }
    const [{ login }, machine] = await Promise.all([
      import('../../login/login.ts'),
      context.openLoginMachine(),
    ]);
    return login(
      {
        clientId: given.clientId,
        redirectUri: given.redirectUri,
        scopes: given.scopes,
        versionId: given.versionId,
        out: given.out,
        config: given.config,
        mayOverwrite: given.force,
        userType: given.userType,
        isPasted: given.paste,
        isWhiteLabel: given.whiteLabel,
        apiUrl: given.apiUrl,
      },
      {
        ...context,
        machine,
        redactor: createRedactor(),
        showAddress: (address) => {
          context.say(`\n  ${address}\n`);
        },
        print: (output) => context.emitter.emitLines(Buffer.from(output)),
      },
    );
  },
});
