import { configError } from '../foundation/errors.ts';

/** Where on this machine the browser comes back to. */
export interface RedirectTarget {
  readonly hosts: readonly [string, ...string[]];
  readonly port: number;
  readonly path: string;
}

const hostsOf = (hostname: string): readonly [string, ...string[]] | undefined => {
  // Browsers try either.
  if (hostname === 'localhost') return ['127.0.0.1', '::1'];
  if (hostname === '[::1]') return ['::1'];
  return /^127(?:\.\d+){3}$/.test(hostname) ? [hostname] : undefined;
};

/**
 * Undefined when the address does not lead to this machine, or needs a certificate: then its owner's browser has to tell
 * the code.
 * @throws ConnectorError when it is no address that HighLevel could send a browser to
 */
export const redirectTarget = (redirectUri: string): RedirectTarget | undefined => {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hash !== '')
    throw configError(
      '--redirect-uri must be an address such as http://localhost:8080, exactly as it stands in the app.',
    );
  const hosts = hostsOf(url.hostname);
  if (hosts === undefined || url.protocol !== 'http:') return undefined;
  return { hosts, port: url.port === '' ? 80 : Number(url.port), path: url.pathname };
};
