import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { textAt } from '../../src/foundation/json.ts';
import { judgeRun } from '../support/judge-run.ts';
import { errorsOf, messagesOf, parseMessages } from '../support/messages-of.ts';
import { runConnector } from '../support/run-connector.ts';
import { discoverInProcess, rejectProblems } from './hostile-world.ts';

type Answer = (request: IncomingMessage, reply: ServerResponse, count: number) => void;

const TOKEN = 'pit-11112222-3333-4444-5555-666677778888';
const closing: (() => void)[] = [];

afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const serve = async (answer: Answer): Promise<{ readonly url: string; readonly calls: () => number }> => {
  let count = 0;
  const server = createServer((request, reply) => {
    count += 1;
    answer(request, reply, count);
  });
  // A client that hangs up on us is no news.
  server.on('clientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls: () => count };
};

/** One location's tags, read by the built connector from a server of our own. */
const readTags = async (answer: Answer, locations: readonly string[] = ['LOC0']) => {
  const { url, calls } = await serve(answer);
  const { streams, check } = await discoverInProcess();
  const stream = streams.find(({ name }) => name === 'tags');
  const lines = locations.map((id) => `${id} ${TOKEN}${id}`).join('\n');
  const credentials = { auth_type: 'private_integration_token', location_tokens: lines };
  const output = await runConnector('read', {
    config: { json: { credentials, api_url: url } },
    catalog: { json: { streams: [{ stream, sync_mode: 'full_refresh', destination_sync_mode: 'append' }] } },
  });
  const judged = judgeRun({ output, secrets: [TOKEN], isCut: false }, { selected: ['tags'], check });
  rejectProblems(judged, { ...output, calls: calls() });
  const messages = parseMessages(output.lines);
  const records = messagesOf(messages, 'RECORD').map(
    ({ record }) => textAt(record.data, 'location_id') ?? '',
  );
  return { exitCode: output.exitCode, records: records.sort(), errors: errorsOf(messages), calls: calls() };
};

const ROWS = JSON.stringify({ tags: [{ id: 'a', name: 'A' }] });
const JSON_TYPE = { 'content-type': 'application/json' };
const sends =
  (
    headers: Readonly<Record<string, string | readonly string[]>>,
    body: string | Buffer = ROWS,
    status = 200,
  ): Answer =>
  (_, reply) => {
    reply.sendDate = false;
    reply.writeHead(status, { ...JSON_TYPE, date: new Date().toUTCString(), ...headers });
    reply.end(body);
  };
/** Each location, `LOC0` and so on, gets an answer of its own, the first time or always. */
const readEach = (answers: readonly Answer[], how: 'always' | 'at first') => {
  const counts = new Map<string, number>();
  const names = answers.map((_, index) => `LOC${index}`);
  return readTags((request, reply, count) => {
    const name = /LOC\d+/.exec(request.url ?? '')?.[0] ?? '';
    const asked = (counts.get(name) ?? 0) + 1;
    counts.set(name, asked);
    const spoilt = how === 'always' || asked === 1 ? answers[names.indexOf(name)] : undefined;
    (spoilt ?? sends({}))(request, reply, count);
  }, names);
};
const namesOf = (answers: readonly Answer[]): readonly string[] =>
  answers.map((_, index) => `LOC${index}`).sort();

test('headers of odd form are passed over', async () => {
  const answers = [
    sends({}),
    sends({ date: 'yesterday' }),
    sends({ date: '5' }),
    sends({ date: '+275760-09-13T00:00:00.000Z' }),
    sends({
      'x-ratelimit-max': 'NaN',
      'x-ratelimit-remaining': '-5',
      'x-ratelimit-interval-milliseconds': '1e400',
    }),
    sends({ 'x-ratelimit-max': '0', 'x-ratelimit-remaining': '', 'x-ratelimit-daily-remaining': '-1' }),
    sends({ 'x-ratelimit-max': '9'.repeat(300), 'x-ratelimit-interval-milliseconds': '9'.repeat(300) }),
    sends({ 'x-ratelimit-max': ['100', '200'], 'retry-after': ['1', '2'], 'set-cookie': ['a=1', 'b=2'] }),
    sends({ 'content-type': 'application/json; charset=utf-16' }),
    sends({ 'content-type': 'application/json, text/html' }),
    ((_, reply) => {
      reply.sendDate = false;
      reply.writeHead(200, JSON_TYPE);
      reply.end(ROWS);
    }) satisfies Answer,
  ];
  expect(await readEach(answers, 'always')).toMatchObject({
    exitCode: 0,
    records: namesOf(answers),
    calls: answers.length,
  });
});

const limited = (retryAfter: string): Answer =>
  sends({ 'retry-after': retryAfter }, '{"message":"Too many"}', 429);

test('a Retry-After of odd form makes no endless wait and no storm', async () => {
  const answers = ['-5', '0', 'NaN', 'soon', 'Thu, 01 Jan 1970 00:00:00 GMT', ''].map(limited);
  expect(await readEach(answers, 'at first')).toMatchObject({
    exitCode: 0,
    records: namesOf(answers),
    calls: answers.length * 2,
  });
});

test('a Retry-After that nobody would live to see ends the location', async () => {
  const answers = ['99999999999', '9'.repeat(300), 'Fri, 31 Dec 9999 23:59:59 GMT'].map(limited);
  expect(await readEach(answers, 'always')).toMatchObject({
    exitCode: 1,
    records: [],
    errors: [{ failure_type: 'transient_error' }],
    calls: answers.length,
  });
});

/** What is written past Node's own checks. */
const sendsRaw =
  (text: string): Answer =>
  (_, reply) =>
    reply.socket?.end(text);

test('answers that end otherwise than they say are asked for again', async () => {
  const answers: readonly Answer[] = [
    // Shorter than its length.
    (_, reply) => {
      reply.writeHead(200, { ...JSON_TYPE, 'content-length': '5000' });
      reply.write(ROWS);
      setImmediate(() => reply.socket?.destroy());
    },
    sends({ 'content-encoding': 'gzip' }, gzipSync(ROWS).subarray(0, 20)),
    // Not gzip at all.
    sends({ 'content-encoding': 'gzip' }),
    sendsRaw(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n${ROWS}`),
    sendsRaw(`HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 500\r\n\r\n${ROWS}`),
    sendsRaw('SSH-2.0-OpenSSH\r\n'),
    sendsRaw(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`),
  ];
  expect(await readEach(answers, 'at first')).toMatchObject({
    exitCode: 0,
    records: namesOf(answers),
    calls: answers.length * 2,
  });
});

describe('answers that are too large', () => {
  const MEBIBYTE = 1024 * 1024;
  const refused = {
    exitCode: 1,
    records: [],
    errors: [{ message: expect.stringMatching(/64 MiB/) }],
    calls: 1,
  };

  test('are refused as they come in, not when all of it is there', async () => {
    const piece = Buffer.alloc(MEBIBYTE, ' ');
    let sent = 0;
    const run = await readTags((_, reply) => {
      reply.writeHead(200, JSON_TYPE);
      const more = (): void => {
        while (!reply.destroyed && sent < 4096 && reply.write(piece)) sent += 1;
      };
      reply.on('drain', more);
      more();
    });
    expect(run).toMatchObject(refused);
    expect(sent).toBeLessThan(200);
  });

  test('are refused when a little gzip becomes much', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE, ' '));
    expect(bomb.length).toBeLessThan(MEBIBYTE);
    expect(await readTags(sends({ 'content-encoding': 'gzip' }, bomb))).toMatchObject(refused);
  });

  test('are refused when they are all brackets', async () => {
    const run = await readTags(sends({}, '['.repeat(60 * MEBIBYTE)));
    expect(run).toMatchObject({
      exitCode: 1,
      errors: [{ message: expect.stringMatching(/inside each other/) }],
    });
  });

  test('are taken when it is the rows that are large', async () => {
    const tags = Array.from({ length: 30 }, (_, at) => ({ id: `t${at}`, name: 'x'.repeat(2 * MEBIBYTE) }));
    expect(await readTags(sends({}, JSON.stringify({ tags })))).toMatchObject({
      exitCode: 0,
      records: tags.map(() => 'LOC0'),
    });
  });
});

test('a redirect to another host is not followed', async () => {
  const stolen: unknown[] = [];
  const thief = await serve((request, reply) => {
    stolen.push(request.headers.authorization);
    reply.end(ROWS);
  });
  const redirects = [301, 302, 303, 307, 308].map((status) =>
    sends({ location: `${thief.url}/steal` }, '', status),
  );
  const run = await readEach(redirects, 'always');
  expect(run).toMatchObject({
    exitCode: 1,
    records: [],
    errors: [{ message: expect.stringMatching(/redirect/) }],
  });
  expect([stolen, thief.calls()]).toEqual([[], 0]);
});

test.each(['pit-with\nnewline-0123456', 'pit-with-ümlaut-0123456', 'pit-emoji-😀-0123456'])(
  'a token that no header can carry (%j) ends in an answer',
  async (token) => {
    const { url, calls } = await serve(sends({}));
    const credentials = {
      auth_type: 'oauth2.0',
      client_id: 'id',
      client_secret: 'secret-0123456789',
      refresh_token: 'refresh-0123456789',
      access_token: token,
    };
    const output = await runConnector('check', { config: { json: { credentials, api_url: url } } });
    rejectProblems(judgeRun({ output, secrets: [token], isCut: false }), { ...output, calls: calls() });
    expect(output.lines.filter((line) => line.includes('CONNECTION_STATUS'))).toHaveLength(1);
  },
);
