import type { JsonObject } from '../foundation/json.ts';
import type { ParentList, StreamDefinition } from './definition.ts';
import { idOf } from './row-id.ts';

/** What is kept of a parent: its id, and what else its children need. @throws ConnectorError for a parent without an id */
export const keepOf =
  (keep: ((row: JsonObject) => JsonObject) | undefined) =>
  (row: JsonObject): JsonObject => ({ id: idOf(row), ...keep?.(row) });

/** The streams whose rows have to be read to read a stream's own. */
export const parentsOf = ({ retrieval }: StreamDefinition): readonly StreamDefinition[] => {
  switch (retrieval.kind) {
    case 'children':
      return [retrieval.of];
    case 'windows':
      return (retrieval.parents ?? []).map(({ of }: ParentList) => of);
    case 'snapshot':
    case 'search':
    case 'list':
    case 'newest_first':
    case 'directory':
    case 'report':
      return [];
  }
};

/** The scopes that reading a stream needs, its own first. */
export const scopesOf = (stream: StreamDefinition): readonly string[] => [
  ...new Set([...(stream.scope === undefined ? [] : [stream.scope]), ...parentsOf(stream).flatMap(scopesOf)]),
];
