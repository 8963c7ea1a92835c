import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createAxiosClient } from '../../src/http/axios-client.ts';
import { dailyQuotaError } from '../../src/http/daily-quota-error.ts';
import type { HTTP_ERRORS } from '../../src/http/http-errors.ts';
import { parseAnswer } from '../../src/http/parse-answer.ts';
import { pathSegment } from '../../src/http/path-segment.ts';
import { judge } from '../../src/http/response-policy.ts';
import type { JsonValue } from '../../src/foundation/json.ts';
import { LOOPBACK_CERTIFICATE } from '../support/loopback-certificate.ts';
import type { Provocation, Provocations } from './provocation.ts';

const answered =
  (status: number, body: JsonValue): Provocation =>
  () => {
    const verdict = judge(
      { status, headers: {}, body, sizeBytes: 1 },
      { request: { method: 'GET', path: '/things' }, purpose: 'contacts of location L' },
    );
    return verdict.action === 'SUCCESS' ? undefined : verdict.error;
  };

const said = (status: number, message: string): Provocation => answered(status, { message });

const ask = (baseUrl: string, timeoutMs = 5_000): Promise<unknown> =>
  createAxiosClient({ baseUrl, timeoutMs, userAgent: 'test', maxAnswerBytes: 1_000 }).send({
    method: 'GET',
    path: '/things',
    headers: {},
  });

const asked = async (protocol: string, server: Server, timeoutMs?: number): Promise<unknown> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    return await ask(`${protocol}://127.0.0.1:${port ?? 0}`, timeoutMs);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};

const served =
  (listener: RequestListener, timeoutMs?: number): Provocation =>
  () =>
    asked('http', createServer(listener), timeoutMs);

const parsing =
  (text: string): Provocation =>
  () =>
    parseAnswer(
      { status: 200, headers: { 'content-type': 'application/json' }, bytes: Buffer.from(text) },
      { method: 'GET', path: '/things', headers: {} },
    );

export const httpProvocations: Provocations<typeof HTTP_ERRORS> = {
  api_is_a_page: answered(200, '<html>Sign in to the network</html>'),
  quota_used_up: said(429, 'Too Many Requests'),
  daily_quota_used_up: () => dailyQuotaError('L', 3_600_000),
  highlevel_outage: said(503, 'Service Unavailable'),
  redirected: said(302, 'Found'),
  location_inactive: said(400, 'Location is not active'),
  api_version_refused: said(401, 'version header is invalid'),
  location_refused: said(403, 'The token does not have access to this location.'),
  scope_missing: said(401, 'The token is not authorized for this scope.'),
  token_kind_refused: said(401, "This token's user type is not yet supported!"),
  token_refused: said(401, 'Invalid JWT'),
  user_agent_blocked: answered(403, 'error code: 1010'),
  machine_forbidden: answered(403, '<html>Forbidden</html>'),
  reading_forbidden: said(403, 'Forbidden resource'),
  request_refused: said(422, 'limit must not be greater than 100'),
  answer_too_large: served((_, response) => response.end(' '.repeat(2_000))),
  answer_too_deep: parsing('['.repeat(5_000) + ']'.repeat(5_000)),
  answer_unreadable: parsing('{"contacts":['),
  address_unusable: () => ask('http://'),
  certificate_untrusted: () => asked('https', createTlsServer(LOOPBACK_CERTIFICATE)),
  unreachable: () => ask('http://127.0.0.1:1'),
  timed_out: served(() => undefined, 50),
  id_not_askable: () => pathSegment('..'),
};
