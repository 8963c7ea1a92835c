import type { Mutation } from './mutation.ts';

const NO_LIST = {
  file: 'src/stream/selectors.ts',
  find: 'if (!isJsonObject(body) || !isJsonArray(list)) throw noList(key);',
  replace:
    'if (!isJsonObject(body) || !isJsonArray(list)) return key === "" ? { rows: [], total: 1 } : { rows: [], total: undefined };',
} as const;

const TOKENS_END = ['expire_tokens', 'revoke_tokens'] as const;

/** Of requests, their answers and the tokens they take. */
export const REQUEST_MUTATIONS: readonly Mutation[] = [
  {
    name: 'missing-list-is-empty',
    rule: 'An answer without its list is an error.',
    edits: [NO_LIST],
    tests: 'src/stream/selectors',
  },
  {
    name: 'rate-limit-is-empty',
    rule: 'A 429 is no empty page.',
    edits: [
      {
        file: 'src/http/response-policy.ts',
        find: 'if (status >= 200 && status < 300 && !isPage)',
        replace: 'if (status === 429 || (status >= 200 && status < 300 && !isPage))',
      },
      NO_LIST,
    ],
  },
  {
    name: 'outage-is-empty',
    rule: 'A 5xx is no empty page.',
    edits: [
      {
        file: 'src/http/response-policy.ts',
        find: 'if (status >= 200 && status < 300 && !isPage)',
        replace: 'if (status >= 500 || (status >= 200 && status < 300 && !isPage))',
      },
      NO_LIST,
    ],
  },
  {
    name: 'page-is-empty',
    rule: 'A web page in place of an answer is no empty page of rows.',
    edits: [
      {
        file: 'src/http/response-policy.ts',
        find: 'if (status >= 200 && status < 300 && !isPage)',
        replace: 'if (isPage || (status >= 200 && status < 300))',
      },
      NO_LIST,
    ],
  },
  {
    name: 'broken-answer-is-empty',
    rule: 'An answer that breaks off is no empty page.',
    edits: [
      {
        file: 'src/http/attempt.ts',
        find: "return { kind: 'none', error: thrown, tookMs: tookMs() };",
        replace:
          "return thrown.status === undefined ? { kind: 'none', error: thrown, tookMs: tookMs() } : { kind: 'answer', response: { status: 200, headers: {}, body: {}, sizeBytes: 2 }, token, tookMs: tookMs() };",
      },
      NO_LIST,
    ],
  },
  {
    name: 'no-retry',
    rule: 'A request that fails by accident is sent again.',
    pinned: { interruptions: ['insert', 'update'], events: ['restore'] },
    edits: [
      {
        file: 'src/http/retry-budget.ts',
        find: 'if (attempts >= maxAttempts) throw',
        replace: 'if (attempts >= Math.min(1, maxAttempts)) throw',
      },
    ],
    tests: 'src/http/requester',
  },
  {
    name: 'share-ignored',
    rule: 'No more of the quota is used than the user allows.',
    unseen: 'schedules have too few requests in ten seconds to come near it',
    edits: [
      {
        file: 'src/http/rate-limiter.ts',
        find: 'const queue = new QuotaQueue({ bucket, runtime, share, limit: newestLimit });',
        replace:
          'const queue = new QuotaQueue({ bucket, runtime, share: Math.max(1, share), limit: newestLimit });',
      },
    ],
    tests: 'src/http/rate-limiter',
  },
  {
    name: 'machine-clock',
    rule: "Windows end by HighLevel's clock, and not by the machine's.",
    pinned: { streams: ['contacts'], mode: 'incremental', lookbackMinutes: 2, clockOffsetMs: 1_800_000 },
    edits: [
      {
        file: 'src/source/session.ts',
        find: 'return now ?? runtime.now();',
        replace: 'return now === undefined ? runtime.now() : runtime.now();',
      },
    ],
  },
  {
    name: 'token-used-before-kept',
    rule: 'New tokens are written and flushed before they are used.',
    pinned: { signIn: 'oauth', streams: ['contacts'] },
    edits: [
      {
        file: 'src/auth/token-renewal.ts',
        find: 'await onRotated(newest);',
        replace: 'void onRotated(newest);',
      },
    ],
  },
  {
    name: 'token-unflushed',
    rule: 'The message with new tokens is flushed before they are used.',
    pinned: { signIn: 'oauth', streams: ['contacts'] },
    edits: [
      {
        file: 'src/source/source.ts',
        find: '    });\n    await emitter.flush();\n  };',
        replace: '    });\n  };',
      },
    ],
  },
  {
    name: 'token-not-kept',
    rule: 'New tokens are given to the platform.',
    pinned: { signIn: 'oauth', streams: ['contacts'] },
    edits: [
      {
        file: 'src/auth/token-renewal.ts',
        find: 'await onRotated(newest);',
        replace: 'if (newest.accessToken === "") await onRotated(newest);',
      },
    ],
  },
  {
    name: 'old-token-kept',
    rule: 'The platform gets the new refresh token.',
    pinned: { signIn: 'oauth', streams: ['contacts'] },
    edits: [
      {
        file: 'src/config/rotate-config.ts',
        find: '      refresh_token: tokens.refreshToken,\n',
        replace: '',
      },
    ],
  },
  {
    name: 'refresh-in-parallel',
    rule: 'However many ask, the tokens are renewed once.',
    pinned: { signIn: 'oauth', streams: ['contacts'], locations: 4, interruptions: TOKENS_END },
    edits: [
      {
        file: 'src/foundation/single-flight.ts',
        find: 'inFlight ??= work()',
        replace: 'inFlight = work()',
      },
    ],
    tests: 'src/auth|src/foundation/single-flight',
  },
  {
    name: 'spent-token-tried-again',
    rule: 'A refresh token that is spent is not tried again.',
    pinned: { signIn: 'oauth', streams: ['contacts'], locations: 4 },
    edits: [{ file: 'src/auth/oauth.ts', find: 'this.#end = renewed;', replace: '' }],
    tests: 'src/auth/oauth.test',
  },
  {
    name: 'location-token-not-renewed',
    rule: "A location's token that is refused is minted again.",
    pinned: {
      ...{ signIn: 'oauth', streams: ['contacts'], mode: 'full_refresh', locations: 1 },
      ...{ rows: 60, pageSize: 8 },
      ...{ isQuiet: true, interruptions: [...TOKENS_END, 'freeze'], events: ['restore'] },
    },
    edits: [
      {
        file: 'src/auth/location-tokens.ts',
        find: 'if (runtime.now() - replacedAtMs < REFUSED_AGAIN_MS) return false;',
        replace: 'if (runtime.now() - replacedAtMs < Infinity) return false;',
      },
    ],
    tests: 'src/auth/location-tokens',
  },
  {
    name: 'gone-parent-is-any-404',
    rule: 'A parent is only gone when the API says so.',
    pinned: { streams: ['prices', 'funnel_pages', 'object_records', 'messages', 'appointments'] },
    edits: [
      {
        file: 'src/stream/endpoint-page.ts',
        find: 'if (!isJsonObject(body) || NO_SUCH_PATH.test(text)) return false;\n  return status === 404',
        replace: 'if (NO_SUCH_PATH.test(text)) return false;\n  return status >= 404',
      },
    ],
  },
];
