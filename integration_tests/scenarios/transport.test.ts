import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkResult, connect } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { LOOPBACK_CERTIFICATE } from '../support/loopback-certificate.ts';
import { startProxy, startStranger, startTlsFront } from '../support/network.ts';

const CONTACTS = { contacts: 'incremental' } as const;

let folder: string;
let trusting: Readonly<Record<string, string>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  const path = join(folder, 'certificate.pem');
  await writeFile(path, LOOPBACK_CERTIFICATE.cert);
  trusting = { NODE_EXTRA_CA_CERTS: path };
});
afterAll(() => rm(folder, { recursive: true }));

const behindTls = async () => {
  const highLevel = await startHighLevel();
  const front = await startTlsFront(highLevel.served.url);
  const connection = connect(highLevel, { settings: { api_url: front.url } });
  return { highLevel, front, connection };
};

describe('a certificate that nobody vouches for', () => {
  test.each([
    ['is refused', {}, false],
    ['is refused whatever NODE_TLS_REJECT_UNAUTHORIZED says', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, true],
  ])('%s, and nothing is sent', async (_, env, isTold) => {
    const { highLevel, front, connection } = await behindTls();
    const run = await connection.check({ env });
    expect(checkResult(run)).toStrictEqual({
      status: 'FAILED',
      message: expect.stringMatching(/certificate .* not trusted .*NODE_EXTRA_CA_CERTS/),
    });
    expect([front.heard(), highLevel.simulator.calls]).toStrictEqual(['', []]);
    expect(run.warnings.some((line) => line.includes('NODE_TLS_REJECT_UNAUTHORIZED'))).toBe(isTold);
  });

  test('is refused through a proxy as well', async () => {
    const { front, connection } = await behindTls();
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: proxy.url, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
    expect(checkResult(await connection.check({ env })).status).toBe('FAILED');
    expect(proxy.heard()).toMatch(/^CONNECT /);
    expect(front.heard()).toBe('');
  });

  test('is accepted from whoever adds it with NODE_EXTRA_CA_CERTS', async () => {
    const { front, connection } = await behindTls();
    const run = await connection.read(CONTACTS, { env: trusting });
    expect([run.exitCode, run.records('contacts').length]).toStrictEqual([0, 6]);
    expect(front.heard()).toContain('/contacts/search');
  });
});

describe('a proxy', () => {
  test('of HTTPS_PROXY sees where the connector goes, and no more', async () => {
    const { highLevel, connection } = await behindTls();
    const proxy = await startProxy();
    const run = await connection.read(CONTACTS, { env: { ...trusting, HTTPS_PROXY: proxy.url } });
    expect([run.exitCode, run.records('contacts').length]).toStrictEqual([0, 6]);
    const heard = proxy.heard();
    expect(heard).toMatch(/^CONNECT localhost:\d+ /);
    expect(heard).not.toMatch(/authorization|contacts/i);
    expect(highLevel.secrets().filter((secret) => heard.includes(secret))).toStrictEqual([]);
  });

  test('is not used for this machine, where it would see the tokens', async () => {
    const highLevel = await startHighLevel();
    const proxy = await startProxy();
    const env = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url };
    const run = await connect(highLevel).read(CONTACTS, { env });
    expect([run.exitCode, run.records('contacts').length, proxy.heard()]).toStrictEqual([0, 6, '']);
  });
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])('%d of the API is not followed', async (status) => {
    const highLevel = await startHighLevel();
    const stranger = await startStranger();
    highLevel.simulator.faults.add({
      matches: ({ path }) => path === '/contacts/search',
      answer: {
        kind: 'response',
        response: () =>
          new Response(null, { status, headers: { location: `${stranger.url}/contacts/search` } }),
      },
    });
    const run = await connect(highLevel).read(CONTACTS);
    expect(run.errors).toMatchObject([
      { failure_type: 'config_error', message: expect.stringContaining(`redirect (${String(status)})`) },
    ]);
    expect(stranger.heard()).toBe('');
  });

  test.each([302, 307, 308])('%d of the token endpoint carries no refresh token away', async (status) => {
    const highLevel = await startHighLevel();
    const stranger = await startStranger();
    const location = `${stranger.url}/oauth/token`;
    highLevel.answerAt('/oauth/token', () =>
      Promise.resolve(new Response(null, { status, headers: { location } })),
    );
    const connection = connect(highLevel);
    highLevel.simulator.admin.expireAccessTokens();
    const run = await connection.check();
    expect(checkResult(run)).toStrictEqual({
      status: 'FAILED',
      message: expect.stringContaining(`redirect (${String(status)})`),
    });
    expect(stranger.heard()).toBe('');
  });

  test('to the same host is not followed either', async () => {
    const highLevel = await startHighLevel();
    highLevel.answerAt('/oauth/token', () =>
      Promise.resolve(new Response(null, { status: 307, headers: { location: '/elsewhere' } })),
    );
    const connection = connect(highLevel);
    highLevel.simulator.admin.expireAccessTokens();
    await connection.check();
    expect(highLevel.simulator.calls.map(({ path }) => path)).not.toContain('/elsewhere');
  });
});
