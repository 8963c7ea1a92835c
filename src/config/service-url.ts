const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const parseUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/**
 * What forbids sending tokens to this address, or undefined: they travel encrypted, or do not leave this machine.
 * The answer never repeats the address, which may have a password in it.
 */
export const serviceUrlProblem = (text: string): string | undefined => {
  const url = parseUrl(text);
  if (url === undefined) return 'must be an address such as https://services.leadconnectorhq.com';
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOOPBACK.test(url.hostname))) {
    return 'must begin with https:// (http:// only for this machine)';
  }
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.hash !== '') return 'must not hold a #';
  return undefined;
};
