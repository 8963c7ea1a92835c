import type { JsonObject } from '../../src/foundation/json.ts';
import { asText, listAt } from './raw-messages.ts';
import { type SchemaNode, schemaNodes, typesOf } from './schema-nodes.ts';

/** What an earlier version printed, and what this one does. */
export interface Versions<Interface> {
  readonly before: Interface;
  readonly now: Interface;
}

interface Pair {
  readonly path: string;
  readonly before: JsonObject;
  readonly now: JsonObject;
}

const byPath = (schema: JsonObject): ReadonlyMap<string, SchemaNode> =>
  new Map(schemaNodes(schema).map((node) => [node.path, node]));

/** The parts of a schema that both versions have. */
export const commonParts = ({ before, now }: Versions<JsonObject>): readonly Pair[] => {
  const later = byPath(now);
  return schemaNodes(before).flatMap(({ path, schema }) => {
    const node = later.get(path);
    return node === undefined ? [] : [{ path, before: schema, now: node.schema }];
  });
};

/** Where the earlier version has a part that this one has not. */
export const removedParts = ({ before, now }: Versions<JsonObject>): readonly string[] => {
  const later = byPath(now);
  return schemaNodes(before)
    .map(({ path }) => path)
    .filter((path) => !later.has(path));
};

/** Where a value of the earlier version is of no type that this one takes. */
export const narrowedTypes = (versions: Versions<JsonObject>): readonly string[] =>
  commonParts(versions)
    .filter(({ before, now }) => typesOf(before).some((type) => !typesOf(now).includes(type)))
    .map(({ path }) => path);

/** Where this version takes a type besides null that the earlier one did not. */
export const widenedTypes = (versions: Versions<JsonObject>): readonly string[] =>
  commonParts(versions)
    .filter(({ before, now }) =>
      typesOf(now).some((type) => type !== 'null' && !typesOf(before).includes(type)),
    )
    .map(({ path }) => path);

/** The members of lists under a keyword that only one of the versions has. */
export const changedMembers = (
  versions: Versions<JsonObject>,
  keyword: string,
  side: 'added' | 'removed',
): readonly string[] =>
  commonParts(versions).flatMap(({ path, before, now }) => {
    const [longer, shorter] = side === 'added' ? [now, before] : [before, now];
    return listAt(longer, keyword)
      .filter((member) => !listAt(shorter, keyword).includes(member))
      .map((member) => `${path} ${asText(member)}`);
  });
