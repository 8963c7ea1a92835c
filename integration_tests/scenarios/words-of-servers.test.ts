import { expect, test } from '@jest/globals';
import { textAt } from '../../src/foundation/json.ts';
import { connect, type Run } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { messagesOf } from '../support/messages-of.ts';

const SELECTION = { contacts: 'incremental', locations: 'full_refresh' } as const;

/** Whatever a person may come to read: log lines, errors, and the column that carries one. */
const wordsOf = (run: Run): readonly string[] => [
  ...messagesOf(run.messages, 'LOG').map(({ log }) => log.message),
  ...run.errors.flatMap(({ message, internal_message: internal }) => [message, internal ?? '']),
  ...run.records('locations').map((row) => textAt(row, 'access_error') ?? ''),
];

/** The connector is told to say all it can; that it says no secret is judged of every run. */
const DEBUG = { env: { LOG_LEVEL: 'debug' } };

test.each([400, 401, 403, 404, 422, 500])(
  'an answer of %d that repeats what it was sent gives nothing away',
  async (status) => {
    const highLevel = await startHighLevel();
    let echoed = false;
    highLevel.answerAt('/contacts/search', async (request) => {
      echoed = true;
      const token = request.headers.get('authorization') ?? '';
      const echo = `${'so '.repeat(60)} ${token} ${encodeURIComponent(token)} ${highLevel.simulator.app.clientSecret}`;
      return Response.json(
        { statusCode: status, message: echo, traceId: token, sent: await request.json() },
        { status, headers: { 'retry-after': '0' } },
      );
    });
    const run = await connect(highLevel).read(SELECTION, DEBUG);
    expect([echoed, run.exitCode]).toStrictEqual([true, 1]);
    expect(run.errors[0]?.message).toMatch(/contacts|token/);
  },
);

test('a token is not cut in two where a quotation ends', async () => {
  const highLevel = await startHighLevel();
  highLevel.answerAt('/contacts/search', (request) => {
    const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    const message = `${'x'.repeat(200)} ${token}`;
    return Promise.resolve(Response.json({ message }, { status: 422 }));
  });
  const words = wordsOf(await connect(highLevel).read(SELECTION, DEBUG));
  expect(words.filter((text) => text.includes('eyJ'))).toStrictEqual([]);
});

test('nobody else writes lines of our log, or orders to the terminal that shows it', async () => {
  const highLevel = await startHighLevel();
  const message = 'no\r\n2026-01-01 ERROR forged \u001b[2J\u001b]0;title\u0007 \u202egnihton\u2028more';
  highLevel.answerAt('/contacts/search', () =>
    Promise.resolve(Response.json({ message, traceId: 'a\nb' }, { status: 403 })),
  );
  const words = wordsOf(await connect(highLevel).read(SELECTION, DEBUG));
  expect(words.join(' ')).toContain('forged');
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  expect(words.filter((text) => /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/.test(text))).toStrictEqual([]);
});
