import type { JsonValue } from './json.ts';

/** Sets a property whose name is data: one named `__proto__` becomes a property as well. */
export const setOwn = (object: Record<string, JsonValue>, key: string, value: JsonValue): void => {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
};
