import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isJsonObject, type JsonObject, type JsonValue, textAt } from '../../src/foundation/json.ts';
import type { RawAnswer } from '../../src/http/parse-answer.ts';
import { judgeRun } from '../support/judge-run.ts';
import { type Damage, damage, damaged } from './damage.ts';
import { runs } from './fuzz-runs.ts';
import { toHostileText } from './hostile-json.ts';
import { createHostileWorld, discoverInProcess } from './hostile-world.ts';
import { runInProcess } from './run-in-process.ts';

const TOKEN_PATHS = ['/oauth/token', '/oauth/locationToken'];

const parsedOf = ({ bytes }: RawAnswer): JsonValue => JSON.parse(bytes.toString('utf8')) as JsonValue;

/** How an answer may come to have a secret in a place where messages are looked for. */
type Leak = (answer: JsonObject, token: string) => JsonValue;

const LEAKS: readonly (readonly [where: string, leak: Leak])[] = [
  ['in a text', (answer) => JSON.stringify(answer)],
  ['in a form', (_, token) => `access_token=${token}&refresh_token=${token}`],
  ['in its message', (_, token) => ({ message: `The token ${token} is not valid` })],
  ['in the list of its messages', (_, token) => ({ message: ['no', token] })],
  ['cut off by what is quoted of it', (_, token) => ({ message: `${'x'.repeat(280)} ${token}` })],
  ['in the middle of a long word', (_, token) => ({ message: `${'x'.repeat(280)}=${token}` })],
  ['behind other words', (_, token) => ({ message: `${'x '.repeat(140)}${token}` })],
  ['in its description', (_, token) => ({ error: 'invalid_grant', error_description: token })],
  ['as the error itself', (_, token) => ({ error: { message: token } })],
  ['as the id of its trace', (_, token) => ({ message: 'no', traceId: token })],
];

const tokensIn = (answer: JsonValue): readonly string[] =>
  isJsonObject(answer) ? ['access_token', 'refresh_token'].flatMap((key) => textAt(answer, key) ?? []) : [];

/** Signs in with a token that has expired, so that the command begins with a new one. @returns what is wrong with what it printed */
const signIn = async (command: 'check' | 'read', change: (answer: RawAnswer, path: string) => RawAnswer) => {
  const world = createHostileWorld();
  const config = world.config();
  const credentials = isJsonObject(config['credentials']) ? config['credentials'] : {};
  const expired = {
    ...config,
    credentials: { ...credentials, token_expiry_date: '2020-01-01T00:00:00.000Z' },
  };
  const secrets = new Set(
    ['client_secret', 'refresh_token', 'access_token'].flatMap((key) => textAt(credentials, key) ?? []),
  );
  const catalog = { streams: [{ stream: { name: 'tags', json_schema: {} }, sync_mode: 'full_refresh' }] };
  const output = await runInProcess(command, {
    runtime: world.runtime,
    handle: world.simulator.handle,
    tamper: (answer, _, { pathname }) => {
      if (!TOKEN_PATHS.includes(pathname)) return answer;
      for (const token of tokensIn(parsedOf(answer))) secrets.add(token);
      return change(answer, pathname);
    },
    files: {
      config: JSON.stringify(expired),
      ...(command === 'read' && { catalog: JSON.stringify(catalog) }),
    },
    env: { LOG_LEVEL: 'debug' },
  });
  const { check } = await discoverInProcess();
  const read = command === 'read' ? { selected: ['tags'], check } : undefined;
  // The beginning of a token is no less a secret.
  const heads = [...secrets].map((secret) => secret.slice(0, 16));
  return judgeRun({ output, secrets: [...secrets, ...heads], isCut: false }, read);
};

const isAt = (path: string, wanted: string | undefined): boolean => wanted === undefined || path === wanted;

describe.each(['check', 'read'] as const)('in %s, a token answer', (command) => {
  test('that is damaged, with whatever status, ends in an answer or an error and prints no token', async () => {
    const hurt = fc.record({
      damages: fc.array<Damage>(damage, { minLength: 1, maxLength: 3 }),
      status: fc.constantFrom(200, 200, 200, 201, 400, 401, 403, 404, 422, 500, 302),
      path: fc.constantFrom(undefined, ...TOKEN_PATHS),
    });
    await fc.assert(
      fc.asyncProperty(hurt, async ({ damages, status, path }) => {
        const problems = await signIn(command, (answer, at) => {
          if (!isAt(at, path)) return answer;
          const body = damages.reduce<JsonValue>((value, one) => damaged(value, one), parsedOf(answer));
          return { ...answer, status, bytes: Buffer.from(toHostileText(body)) };
        });
        expect(problems).toEqual([]);
      }),
      runs(25),
    );
  });

  test.each(LEAKS.flatMap(([where, leak]) => TOKEN_PATHS.map((path) => ({ where, leak, path }))))(
    'of $path with a token $where prints no token',
    async ({ leak, path }) => {
      for (const status of [200, 400, 401, 500]) {
        const problems = await signIn(command, (answer, at) => {
          const truth = parsedOf(answer);
          if (at !== path || !isJsonObject(truth)) return answer;
          const body = leak(truth, tokensIn(truth).at(-1) ?? '');
          const text = typeof body === 'string' ? body : JSON.stringify(body);
          return { ...answer, status, bytes: Buffer.from(text) };
        });
        expect(problems).toEqual([]);
      }
    },
  );
});

test('a secret that was sent and is quoted in part is not printed', async () => {
  const { simulator } = createHostileWorld();
  for (const status of [400, 401, 422, 429, 500]) {
    const problems = await signIn('check', (answer) => {
      const message = `${'x '.repeat(141)}${simulator.app.clientSecret} is wrong`;
      return { ...answer, status, bytes: Buffer.from(JSON.stringify({ message })) };
    });
    expect(problems).toEqual([]);
  }
});

test('a token answer that is as it should be is no problem', async () => {
  expect(await signIn('read', (answer) => answer)).toEqual([]);
});
