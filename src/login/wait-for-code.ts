import { configError, type ConnectorError, systemError, toConnectorError } from '../foundation/errors.ts';
import { errorCode } from '../foundation/error-code.ts';
import type { Runtime } from '../foundation/runtime.ts';
import { quoted } from '../http/quoted.ts';
import type { LoginMachine, RedirectListener } from './login-machine.ts';
import { parsePasted } from './parse-pasted.ts';
import { readRedirect, type Redirect } from './read-redirect.ts';
import { redirectPage } from './redirect-page.ts';
import type { RedirectTarget } from './redirect-target.ts';

interface WaitOptions {
  /** Undefined: the code has to be pasted. */
  readonly target: RedirectTarget | undefined;
  readonly state: string;
  readonly redirectUri: string;
  readonly machine: Pick<LoginMachine, 'listen' | 'lines'>;
  readonly runtime: Runtime;
  /** Called when a browser could come back: shows the person where to go. */
  readonly invite: () => void;
  /** Tells the person something. */
  readonly say: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** As long as a person may need who has to find a password and choose among many sub-accounts. */
const LONGEST_WAIT_MS = 10 * 60_000;

const refusedError = (error: string, description: string): ConnectorError => {
  const said = quoted(description === '' ? error : description);
  return configError(
    error === 'access_denied'
      ? 'No access was given: the consent was denied in the browser. Run login again and choose the agency or a sub-account.'
      : `HighLevel ended the sign-in with an error (${said}). Check the client ID, the redirect URI and the scopes of the app.`,
  );
};

/** The code, or that it has to be waited for another one. @throws ConnectorError when the sign-in has been refused */
const codeIn = (redirect: Redirect, { say, redirectUri }: WaitOptions): string | undefined => {
  switch (redirect.kind) {
    case 'code':
      return redirect.code;
    case 'refused':
      throw refusedError(redirect.error, redirect.description);
    case 'foreign':
      say(
        'What came back does not belong to this sign-in (its state is another one or missing). Open the address above; if you have ' +
          "just done that, paste the address of the browser's last page here.",
      );
      return undefined;
    case 'empty':
      say(`There is no code in it. When you have given access, the browser ends at ${redirectUri}?code=…`);
      return undefined;
  }
};

const cannotListen = ({ port }: RedirectTarget, thrown: unknown): ConnectorError => {
  const code = errorCode(thrown) ?? 'unknown reason';
  const why = code === 'EADDRINUSE' ? 'another program uses it' : code;
  return configError(
    `Port ${port} cannot be listened on for the browser's way back (${why}). Choose another port in --redirect-uri, and in the app; or ` +
      'run login with --paste, and paste the address that the browser ends at.',
  );
};

interface Settle {
  readonly resolve: (code: string) => void;
  readonly reject: (reason: Error) => void;
}

const createDeferred = (): { readonly brought: Promise<string>; readonly settle: Settle } => {
  let settle: Settle = { resolve: () => undefined, reject: () => undefined };
  const brought = new Promise<string>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { brought, settle };
};

const listen = async (
  target: RedirectTarget,
  options: WaitOptions,
  settle: Settle,
): Promise<RedirectListener> => {
  try {
    return await options.machine.listen(target, (query) => {
      const redirect = readRedirect(query, options.state, 'browser');
      try {
        const code = redirect.kind === 'empty' ? undefined : codeIn(redirect, options);
        if (code !== undefined) settle.resolve(code);
      } catch (thrown) {
        settle.reject(toConnectorError(thrown));
      }
      return redirectPage(redirect);
    });
  } catch (thrown) {
    throw cannotListen(target, thrown);
  }
};

/** Undefined when the input has ended without a code. */
const pastedCode = async (options: WaitOptions, signal: AbortSignal): Promise<string | undefined> => {
  for await (const line of options.machine.lines(signal)) {
    if (line.trim() === '') continue;
    const query = parsePasted(line) ?? new URLSearchParams();
    const code = codeIn(readRedirect(query, options.state, 'person'), options);
    if (code !== undefined) return code;
  }
  return undefined;
};

/**
 * Waits for the code that the consent ends with: the browser brings it, or a person pastes it.
 * @throws ConnectorError when there was no consent, or none in time
 */
export const waitForCode = async (options: WaitOptions): Promise<string> => {
  const { target, runtime } = options;
  const { settle, brought } = createDeferred();
  const listener = target && (await listen(target, options, settle));
  options.invite();
  const over = new AbortController();
  const signal = AbortSignal.any([options.signal, over.signal]);
  const pasted = pastedCode(options, signal).then((code) => {
    if (code !== undefined) return code;
    if (listener !== undefined || signal.aborted) return brought;
    throw systemError(
      'There is no terminal to paste the code into. Run login at a terminal (with docker: docker run -it).',
    );
  });
  const late = runtime.sleep(LONGEST_WAIT_MS, signal).then(() => {
    throw configError(
      `Nobody has given access within ${LONGEST_WAIT_MS / 60_000} minutes. Run login again when you are ready.`,
    );
  });
  try {
    return await Promise.race([brought, pasted, late]);
  } finally {
    over.abort();
    await Promise.allSettled([listener?.close(), late]);
    options.signal.throwIfAborted();
  }
};
