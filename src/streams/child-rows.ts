import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../foundation/json.ts';
import { idOf } from '../stream/row-id.ts';
import { noList, rowsOf } from '../stream/selectors.ts';

interface ChildRows {
  /** The parent's key that holds the children. */
  readonly under: string;
  /** What a child takes from its parent. */
  readonly keep: (parent: JsonObject) => JsonObject;
}

const textId = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The list under a key; HighLevel writes null or `{}` where nothing is set. @throws ConnectorError when it is something else */
const listIn = (parent: JsonObject, under: string): readonly JsonObject[] => {
  const list = parent[under] ?? [];
  if (isJsonArray(list)) return rowsOf(list, under);
  if (isJsonObject(list) && Object.keys(list).length === 0) return [];
  throw noList(under);
};

/**
 * The children that lie in a row. One without an id of its own (`id` or `_id`), or with one that a child before it has,
 * is named by its place too: two lines of the same product must not overwrite each other.
 * @throws ConnectorError when what lies there is no list of rows
 */
export const childRows =
  ({ under, keep }: ChildRows) =>
  (parent: JsonObject): readonly JsonObject[] => {
    const kept = keep(parent);
    const taken = new Set<string>();
    return listIn(parent, under).map((child, place) => {
      const { _id: mongoId, id, ...rest } = child;
      const ownId = textId(id) ?? textId(mongoId);
      const own = ownId ?? idOf(parent);
      const isUnique = ownId !== undefined && !taken.has(own);
      taken.add(own);
      return { ...rest, ...kept, id: isUnique ? own : `${own}:${place}` };
    });
  };
