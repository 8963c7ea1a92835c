import { expect, test } from '@jest/globals';
import { serviceUrlProblem } from './service-url.ts';

test.each([
  'https://services.leadconnectorhq.com',
  'https://proxy.example/highlevel/?key=1',
  'http://localhost:8080',
  'http://127.0.0.1',
  'http://127.8.9.1:1/x',
  'http://[::1]:8080',
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
  ['ftp://localhost', 'must begin with https'],
  ['file:///etc/passwd', 'must begin with https'],
  ['https://user:password@example.com', 'must not hold a user name'],
  ['https://example.com/#x', 'must not hold a #'],
])('%s may not', (url, problem) => {
  expect(serviceUrlProblem(url)).toContain(problem);
});
