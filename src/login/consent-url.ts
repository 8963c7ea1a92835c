import { consentPage } from '../config/consent.ts';

export interface ConsentRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Comes back with the code, and tells that it belongs to this sign-in. */
  readonly state: string;
  readonly versionId: string;
  /** Shows the page without HighLevel's name, for the agency's clients. */
  readonly isWhiteLabel: boolean;
}

const WHITE_LABEL_HOST = 'marketplace.leadconnectorhq.com';

/** The address of the page where a person gives access: the one of Airbyte's sign-in button, filled in. */
export const consentUrl = (request: ConsentRequest): string => {
  const page = new URL(consentPage);
  if (request.isWhiteLabel) page.hostname = WHITE_LABEL_HOST;
  const query = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    scope: request.scopes.join(' '),
    state: request.state,
    version_id: request.versionId,
  };
  // Not URLSearchParams, which would write the blanks between scopes as plus signs.
  const parts = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${page.href}?${parts.join('&')}`;
};
