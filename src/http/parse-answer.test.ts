import { expect, test } from '@jest/globals';
import { parseAnswer } from './parse-answer.ts';

const GET = { method: 'GET', path: '/things?key=s3cret', headers: {} } as const;
const JSON_TYPE = { 'content-type': 'application/json' };
const parse = (text: string, status = 200, headers: Readonly<Record<string, string>> = JSON_TYPE) =>
  parseAnswer({ status, headers, bytes: Buffer.from(text) }, GET);
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test('a byte order mark before the JSON is passed over', () => {
  expect(parse('\uFEFF{"a":1}')).toEqual({ status: 200, headers: JSON_TYPE, body: { a: 1 }, sizeBytes: 10 });
});

test('an answer of 10,000 levels is refused for good, and says so', () => {
  expect(() => parse(`{"things":${nested(10_000)}}`)).toThrow(
    expect.objectContaining({ failureType: 'system_error', status: 200, reach: 'partition' }),
  );
  expect(() => parse(nested(10_000))).toThrow(/more than 200 lists and objects inside each other/);
});

test('so is one that would fill the memory with levels, without being parsed', () => {
  expect(() => parse('['.repeat(20_000_000))).toThrow(/inside each other/);
});

test('an error answer is told by its status, however deep its body', () => {
  const { status, body } = parse(nested(10_000), 503);
  expect(status).toBe(503);
  expect(typeof body).toBe('string');
});

test('half an answer is transient', () => {
  expect(() => parse('{"a":')).toThrow(expect.objectContaining({ failureType: 'transient_error' }));
});

test('no message has the query in it', () => {
  expect(() => parse('{')).toThrow(
    expect.objectContaining({ internalMessage: expect.not.stringContaining('s3cret') }),
  );
});
