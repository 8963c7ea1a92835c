import { exchangeCode } from '../auth/code-exchange.ts';
import type { TokenAnswer } from '../auth/token-answer.ts';
import { expiryOf } from '../auth/token-expiry.ts';
import { tokenIdentity } from '../auth/token-identity.ts';
import { parseConfig } from '../config/config.ts';
import { withRotatedTokens } from '../config/rotate-config.ts';
import { configError, toConnectorError } from '../foundation/errors.ts';
import type { Log } from '../foundation/log.ts';
import { CHECK_BUDGETS } from '../source/budgets.ts';
import { createSession, type SessionDependencies } from '../source/session.ts';
import { streams } from '../streams/index.ts';
import { type ConfigDestination, configDestination } from './config-destination.ts';
import { consentUrl } from './consent-url.ts';
import type { LoginDependencies } from './login-dependencies.ts';
import type { LoginOptions } from './login-options.ts';
import { lookAround } from './look-around.ts';
import { missingScopes } from './missing-scopes.ts';
import { type LoginPlan, planLogin } from './plan-login.ts';
import { redirectTarget } from './redirect-target.ts';
import { waitForCode } from './wait-for-code.ts';

type Tokens = TokenAnswer & { readonly refreshToken: string };

const logOf = (say: (sentence: string) => void): Log => ({
  debug: () => undefined,
  info: () => undefined,
  warn: say,
  error: say,
});

const sessionDependencies = (
  dependencies: LoginDependencies,
  onRotated: SessionDependencies['onRotated'],
): SessionDependencies => ({
  ...dependencies,
  log: logOf(dependencies.say),
  onSecret: dependencies.redactor.add,
  onRotated,
  mayBeStale: false,
});

const askForConsent = async (
  plan: LoginPlan,
  { redirectUri, isPasted, isWhiteLabel }: LoginOptions,
  dependencies: LoginDependencies,
): Promise<string> => {
  const { machine, say, showAddress } = dependencies;
  const target = isPasted ? undefined : redirectTarget(redirectUri);
  const state = machine.secretText();
  const invite = (): void => {
    say("Open this address in a browser that is signed in to HighLevel as an admin, in the agency's view:");
    showAddress(consentUrl({ ...plan, redirectUri, state, isWhiteLabel }));
    say(
      target === undefined
        ? `The browser will end at ${redirectUri}, with ?code=… behind it, whatever it shows there. Paste that address here, and press Enter.`
        : `Waiting for the browser to come back to ${redirectUri}. If it cannot reach this machine, paste the address that it ends at here, and press Enter.`,
    );
  };
  return waitForCode({ ...dependencies, target, state, redirectUri, invite });
};

const exchange = async (
  code: string,
  plan: LoginPlan,
  options: LoginOptions,
  dependencies: LoginDependencies,
): Promise<Tokens> => {
  const { redactor, signal } = dependencies;
  redactor.add(code);
  // Nothing can be renewed yet.
  const session = createSession(
    plan.config,
    CHECK_BUDGETS,
    sessionDependencies(dependencies, () => Promise.resolve()),
  );
  const { requester } = session;
  const tokens = await exchangeCode(code, {
    ...plan,
    redirectUri: options.redirectUri,
    userType: options.userType ?? 'Company',
    requester,
    signal,
  });
  redactor.add(tokens.accessToken);
  redactor.add(tokens.refreshToken);
  return tokens;
};

/** @throws ConnectorError when something else was chosen than what was asked for in so many words */
const requireChoice = ({ userType }: LoginOptions, tokens: Tokens): void => {
  const chosen = tokenIdentity(tokens.accessToken, tokens)?.tokenClass;
  if (userType === undefined || chosen === undefined || chosen === userType) return;
  throw configError(
    userType === 'Company'
      ? "One sub-account was chosen, and not the agency, so nothing was written. Run login again from the agency's view; the app has to " +
          'be one that agencies may install. To read that sub-account alone, leave out --user-type.'
      : 'The agency was chosen, and not one sub-account, so nothing was written. Run login again and choose inside the sub-account, or leave ' +
          'out --user-type to read the whole agency.',
  );
};

const keepTokens = async (
  tokens: Tokens,
  plan: LoginPlan,
  destination: ConfigDestination,
  dependencies: LoginDependencies,
): Promise<string> => {
  const expiresAtMs = expiryOf(tokens, dependencies.runtime.now());
  const config = withRotatedTokens(plan.draft, { ...tokens, expiresAtMs });
  await destination.save(config);
  const session = createSession(
    parseConfig(config),
    CHECK_BUDGETS,
    sessionDependencies(dependencies, (renewed) => destination.save(withRotatedTokens(config, renewed))),
  );
  return lookAround(session, dependencies.signal);
};

const nextStep = ({ path }: ConfigDestination): readonly string[] => [
  ...(path === undefined
    ? ['The configuration is on standard output. It holds secrets: keep it in a file that only you can read.']
    : [`The configuration is in ${path}. It holds secrets; only you can read it.`]),
  `Next: source-highlevel check --config ${path ?? 'FILE'}`,
  'Use this sign-in for one source only. Outside Airbyte, give check, discover and read a --token-file, which keeps the tokens that follow.',
];

const walkThrough = async (options: LoginOptions, dependencies: LoginDependencies): Promise<void> => {
  const { say } = dependencies;
  // What is wrong with it is to be known before a secret is typed.
  redirectTarget(options.redirectUri);
  const destination = configDestination({ ...dependencies, ...options, existingPath: options.config });
  await destination.prepare();
  const plan = await planLogin(options, dependencies);
  const code = await askForConsent(plan, options, dependencies);
  const tokens = await exchange(code, plan, options, dependencies);
  requireChoice(options, tokens);
  say(await keepTokens(tokens, plan, destination, dependencies));
  const granted = tokenIdentity(tokens.accessToken, tokens)?.scopes;
  const missing = missingScopes(plan.scopes, granted, streams);
  if (missing.length > 0)
    say(`Scopes that were not given, and what is left out without them: ${missing.join('; ')}.`);
  nextStep(destination).forEach(say);
};

/** Walks a person through HighLevel's consent, and writes a configuration that works. Gives the process's exit code. */
export const login = async (options: LoginOptions, given: LoginDependencies): Promise<number> => {
  const say = (sentence: string): void => {
    given.say(given.redactor.redact(sentence));
  };
  try {
    await walkThrough(options, { ...given, say });
    return 0;
  } catch (thrown) {
    if (given.signal.aborted) throw thrown;
    const { message, internalMessage } = toConnectorError(thrown);
    say(`Error: ${message}`);
    if (internalMessage !== undefined) say(`(${internalMessage})`);
    return 1;
  }
};
