import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyText } from '../foundation/doubles/any-json.ts';
import { serviceUrlProblem } from './service-url.ts';

const address = fc
  .record({
    scheme: fc.constantFrom('http:', 'https:', 'ftp:', 'HTTP:', 'https', ''),
    slashes: fc.constantFrom('//', '/', '', '\\\\', ' //'),
    user: fc.constantFrom('', '', 'localhost@', 'user:secret-word@', '127.0.0.1:80@'),
    host: fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.constantFrom(
        'localhost',
        'LOCALHOST',
        'localhost.',
        '127.1',
        '2130706433',
        '127.0.0.1.nip.io',
        '[::1]',
      ),
    ),
    rest: fc.constantFrom('', '/', ':8080/x', '/#', '?a=b', '#@localhost', '/\n'),
  })
  .map(({ scheme, slashes, user, host, rest }) => scheme + slashes + user + host + rest);

test('tokens are sent over TLS, or to this machine, and nowhere else', () => {
  fc.assert(
    fc.property(fc.oneof(address, fc.webUrl(), anyText()), (text) => {
      if (serviceUrlProblem(text) !== undefined) return;
      const { protocol, hostname, username, password, hash } = new URL(text);
      const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
      expect(protocol === 'https:' || (protocol === 'http:' && isHere)).toBe(true);
      expect(username + password + hash).toBe('');
    }),
    { numRuns: 500 },
  );
});

test('a problem never repeats the address', () => {
  fc.assert(
    fc.property(address, (text) => {
      expect(serviceUrlProblem(text) ?? '').not.toContain('secret-word');
    }),
  );
});
