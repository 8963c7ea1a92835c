import { isJsonObject, type JsonObject } from '../foundation/json.ts';
import specification from '../../spec.json' with { type: 'json' };

/** What `spec` prints, and what a configuration is checked against: one file, so that the two cannot drift. */
export const connectorSpecification: JsonObject = specification;

const { credentials, ...settings } = specification.connectionSpecification.properties;

/** The schema of everything but the insides of the credentials. */
export const settingsSchema: JsonObject = {
  ...specification.connectionSpecification,
  properties: { ...settings, credentials: { type: 'object' } },
};

/** The schemas of the ways to sign in, by their `auth_type`. */
export const credentialsSchemas: ReadonlyMap<string, JsonObject> = new Map(
  credentials.oneOf.map((schema) => [schema.properties.auth_type.const, schema]),
);

/** The settings there are, at the top level. */
export const knownSettings: ReadonlySet<string> = new Set(
  Object.keys(specification.connectionSpecification.properties),
);

const isSecret = (schema: unknown): boolean => isJsonObject(schema) && schema['airbyte_secret'] === true;

/** The names of the fields that hold secrets, in whichever way of signing in. */
export const secretFields: ReadonlySet<string> = new Set(
  credentials.oneOf.flatMap(({ properties }) =>
    Object.entries(properties)
      .filter(([, schema]) => isSecret(schema))
      .map(([name]) => name),
  ),
);
