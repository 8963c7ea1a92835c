import { isJsonArray, isJsonObject, type JsonValue } from '../../src/foundation/json.ts';

/** Gives a value in place of the one that is there; undefined takes it away. */
export type Change = (value: JsonValue | undefined) => JsonValue | undefined;

/**
 * A copy that is changed in one place.
 * @param path keys with slashes between; a number is a place in a list
 * @throws RangeError when there is nothing that could hold it
 */
export const changed = (value: JsonValue | undefined, path: string, change: Change): JsonValue => {
  const [key = '', ...rest] = path.split('/');
  const next = (child: JsonValue | undefined): JsonValue | undefined =>
    rest.length === 0 ? change(child) : changed(child, rest.join('/'), change);
  if (isJsonArray(value)) {
    const replaced = next(value[Number(key)]);
    return value.flatMap((item, index) => {
      if (index !== Number(key)) return [item];
      return replaced === undefined ? [] : [replaced];
    });
  }
  if (!isJsonObject(value)) throw new RangeError(`There is nothing at ${path}.`);
  const { [key]: child, ...others } = value;
  const replaced = next(child);
  return replaced === undefined ? others : { ...others, [key]: replaced };
};

/** A copy with another value in one place. */
export const replaced = (value: JsonValue, path: string, by: JsonValue | undefined): JsonValue =>
  changed(value, path, () => by);
