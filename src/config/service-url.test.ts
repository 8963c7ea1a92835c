import { expect, test } from '@jest/globals';
import { serviceUrlProblem } from './service-url.ts';

test.each([
  'https://services.leadconnectorhq.com',
  'https://proxy.example/highlevel/?key=1',
  'http://localhost:8080',
  'http://127.0.0.1',
  'http://127.8.9.1:1/x',
  'http://[::1]:8080',
  'http://[0:0:0:0:0:0:0:1]',
  'http://LOCALHOST:1',
  // Other ways to write 127.0.0.1.
  'http://2130706433',
  'http://0x7f.1',
  'http://0177.0.0.1',
  'http://127.1',
  'http://127.0.0.1.',
  'HTTPS://EXAMPLE.COM',
  'https://example.com.',
])('%s may be sent tokens', (url) => {
  expect(serviceUrlProblem(url)).toBeUndefined();
});

test.each([
  ['services.leadconnectorhq.com', 'must be an address'],
  ['', 'must be an address'],
  ['http://services.leadconnectorhq.com', 'must begin with https'],
  ['http://localhost.example.com', 'must begin with https'],
  ['http://127.0.0.1.example.com', 'must begin with https'],
  ['http://10.0.0.1', 'must begin with https'],
  ['http://evil.com/localhost', 'must begin with https'],
  ['http://127.evil.com', 'must begin with https'],
  ['http://127.0.0.1.nip.io', 'must begin with https'],
  ['http://localhost.', 'must begin with https'],
  ['http://my.localhost', 'must begin with https'],
  ['http://0.0.0.0', 'must begin with https'],
  ['http://[::]', 'must begin with https'],
  ['http://[::ffff:127.0.0.1]', 'must begin with https'],
  ['http://[::1%25eth0]', 'must be an address'],
  ['http://169.254.169.254', 'must begin with https'],
  // 10.0.0.1 as a number, and 128.0.0.1.
  ['http://167772161', 'must begin with https'],
  ['http://2147483649', 'must begin with https'],
  ['http://localhost@evil.com', 'must begin with https'],
  ['http://evil.com#@localhost', 'must begin with https'],
  ['http://evil.com\\@localhost', 'must begin with https'],
  ['https:\\\\example.com', 'must be an address'],
  ['https:example.com', 'must be an address'],
  ['https:///example.com', 'must be an address'],
  ['https://exam\nple.com', 'must be an address'],
  [' https://example.com', 'must be an address'],
  ['https://', 'must be an address'],
  ['ftp://localhost', 'must begin with https'],
  ['file:///etc/passwd', 'must begin with https'],
  ['javascript:alert(1)', 'must begin with https'],
  ['https://user@example.com', 'must not hold a user name'],
  ['https://:password@example.com', 'must not hold a user name'],
  ['https://user:password@example.com', 'must not hold a user name'],
  ['https://example.com/#x', 'must not hold a #'],
])('%s may not', (url, problem) => {
  expect(serviceUrlProblem(url)).toContain(problem);
});
