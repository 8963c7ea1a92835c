import specification from '../../spec.json' with { type: 'json' };

const { consent_url: consentUrl, scope } =
  specification.advanced_auth.oauth_config_specification.oauth_connector_input_specification;

/** The page where a person gives access, without what is asked for. */
export const consentPage: string = consentUrl.split('?', 1)[0] ?? consentUrl;

/** Every scope that some stream needs: what Airbyte's sign-in button asks for. */
export const everyScope: readonly string[] = scope.split(' ');
