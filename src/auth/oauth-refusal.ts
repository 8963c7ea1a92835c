import { configError, type ConnectorError, transientError } from '../foundation/errors.ts';
import type { JsonValue } from '../foundation/json.ts';
import { answerLine } from '../http/answer-line.ts';
import { answerText } from '../http/answer-text.ts';
import type { HttpResponse } from '../http/client.ts';
import { quoted } from '../http/quoted.ts';

/** Why a refresh was refused; `spent`: the refresh token is used up, expired or unknown. */
export interface OAuthRefusal {
  readonly kind: 'spent' | 'other';
  readonly error: ConnectorError;
}

interface OAuthRefusalOptions {
  /** Another run of the source may have replaced the tokens since this one's settings were read. */
  readonly mayBeStale: boolean;
}

/** The names and texts are in `error`, `error_description` or `message`, as the service and the generation have it. */
const mentions = (body: JsonValue, pattern: RegExp): boolean => pattern.test(JSON.stringify(body));

const SPENT =
  'HighLevel no longer accepts the refresh token: each one works only once, and this one has been used, has expired or was revoked.';

/** A chain that has ended: only a person can begin another, unless another run has gone on with it. */
const spentError = (details: { readonly internalMessage: string }, mayBeStale: boolean): ConnectorError =>
  mayBeStale
    ? transientError(
        `${SPENT} Another run of this source has probably renewed it a moment ago; the next attempt reads the new one.`,
        details,
      )
    : configError(
        `${SPENT} In Airbyte: Open the settings of the source and sign in again, or paste a new refresh token. With docker or ` +
          'PyAirbyte: sign in again, put the new access_token and refresh_token into the configuration, and run with ' +
          '--token-file (or HIGHLEVEL_TOKEN_FILE), which keeps the tokens that follow. ' +
          'Use one source for each sign-in: two that share a refresh token lock each other out.',
        details,
      );

/** What a 4xx of the token endpoint means. The texts are those that integrators have seen. */
export const oauthRefusal = (response: HttpResponse, { mayBeStale }: OAuthRefusalOptions): OAuthRefusal => {
  const { status, body } = response;
  const text = quoted(answerText(body));
  const details = {
    reach: 'sync',
    status,
    internalMessage: `${answerLine({ method: 'POST', path: 'token endpoint' }, response)}, ${text}`,
  } as const;
  if (mentions(body, /invalid.grant|refresh token is invalid/i))
    return { kind: 'spent', error: spentError(details, mayBeStale) };
  if (/location is not active/i.test(text))
    return {
      kind: 'other',
      error: configError(
        'HighLevel renews no token because the location or agency is not active (suspended or unpaid). Reactivate it in ' +
          'HighLevel; the same refresh token then works again, there is no need to sign in anew.',
        { ...details, access: 'inactive' },
      ),
    };
  if (mentions(body, /invalid_client|client credentials/i))
    return {
      kind: 'other',
      error: configError(
        `HighLevel does not accept client_id and client_secret ("${text}"). Copy both again from your app in the ` +
          'marketplace; the refresh token must have been issued to the same app.',
        details,
      ),
    };
  return {
    kind: 'other',
    error: configError(
      `HighLevel refused to renew the token (${status}${text === '' ? '' : `, "${text}"`}). Check client_id, ` +
        'client_secret and token_url in the settings of the source, or sign in again.',
      details,
    ),
  };
};
