/** What `URL` would read as `https://` too, but who sends the request may not: `https:x`, `https:\\x`, blanks inside. */
const ABSOLUTE = /^https?:\/\/[^/\\\s][^\\\s]*$/i;
const NO_ADDRESS = 'must be an address such as https://services.leadconnectorhq.com';
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/**
 * What forbids sending tokens to this address, or undefined: they travel encrypted, or do not leave this machine. Names
 * are not looked up: one that leads to this machine needs https like any other.
 * The answer never repeats the address, which may have a password in it.
 */
export const serviceUrlProblem = (text: string): string | undefined => {
  const url = parseUrl(text);
  if (url === undefined) return NO_ADDRESS;
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    return 'must begin with https:// (http:// only for this machine)';
  }
  if (!ABSOLUTE.test(text)) return NO_ADDRESS;
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.hash !== '') return 'must not hold a #';
  return undefined;
};
