import { expect, test } from '@jest/globals';
import { everyScope } from '../config/consent.ts';
import specification from '../../spec.json' with { type: 'json' };
import { consentUrl } from './consent-url.ts';

const request = {
  clientId: '64f0c1d2a3b4c5d6e7f80912-abcd1234',
  redirectUri: 'http://localhost:8080/?a=b&c=d',
  scopes: everyScope,
  state: 'st&te',
  versionId: '64f0c1d2a3b4c5d6e7f80912',
  isWhiteLabel: false,
};

/** What Airbyte makes of the template in spec.json. */
const airbytes = (): URL => {
  const { consent_url: template, scope } =
    specification.advanced_auth.oauth_config_specification.oauth_connector_input_specification;
  const values: Readonly<Record<string, string>> = {
    ...{
      client_id_key: 'client_id',
      redirect_uri_key: 'redirect_uri',
      scope_key: 'scope',
      state_key: 'state',
    },
    client_id_value: request.clientId,
    redirect_uri_value: request.redirectUri,
    scope_value: scope,
    state_value: request.state,
    version_id: request.versionId,
  };
  const chosen = template
    .replace(/\{% if requested_scopes %\}.*?\{% else %\}(.*?)\{% endif %\}/, '$1')
    .replace(/\{% (?:if version_id|endif) %\}/g, '');
  return new URL(
    chosen.replace(/\{\{ (\w+)( \| urlencode)? \}\}/g, (_, name: string) =>
      encodeURIComponent(values[name] ?? '?'),
    ),
  );
};

test('the consent page is asked for as by the sign-in button of spec.json', () => {
  const url = new URL(consentUrl(request));
  const theirs = airbytes();
  expect(url.origin + url.pathname).toBe(theirs.origin + theirs.pathname);
  expect([...url.searchParams].sort()).toEqual([...theirs.searchParams].sort());
});

test('blanks between scopes are written as %20', () => {
  expect(consentUrl(request)).toContain('scope=contacts.readonly%20opportunities.readonly%20');
});

test('the page without HighLevel in its name has another host and nothing else', () => {
  const url = new URL(consentUrl({ ...request, isWhiteLabel: true }));
  expect(url.hostname).toBe('marketplace.leadconnectorhq.com');
  url.hostname = 'marketplace.gohighlevel.com';
  expect(url.href).toBe(new URL(consentUrl(request)).href);
});
