import type { JsonObject, JsonValue } from '../../../src/foundation/json.ts';
import { isJsonArray, isJsonObject } from '../../../src/foundation/json.ts';
import { refusal } from '../answers.ts';
import { refuseUnknown } from '../parameters.ts';
import type { RouteContext } from '../server.ts';

/** What the validation says of one value of a body; nothing if it is right. */
type Check = (value: JsonValue | undefined, name: string) => readonly string[];

export const isText: Check = (value, name) => (typeof value === 'string' ? [] : [`${name} must be a string`]);

export const isFilledText: Check = (value, name) => [
  ...isText(value, name),
  ...(value === undefined || value === '' ? [`${name} should not be empty`] : []),
];

export const isFlag: Check = (value, name) =>
  typeof value === 'boolean' ? [] : [`${name} must be a boolean value`];

export const isList: Check = (value, name) => (isJsonArray(value) ? [] : [`${name} must be an array`]);

export const isListOfTexts: Check = (value, name) => {
  if (!isJsonArray(value)) return isList(value, name);
  return value.every((item) => typeof item === 'string') ? [] : [`each value in ${name} must be a string`];
};

export const isWholeNumber =
  ({ least, most = Number.POSITIVE_INFINITY }: { readonly least: number; readonly most?: number }): Check =>
  (value, name) => {
    if (typeof value !== 'number' || !Number.isInteger(value))
      return [`${name} must be a number conforming to the specified constraints`];
    if (value > most) return [`${name} must not be greater than ${most}`];
    return value < least ? [`${name} must not be less than ${least}`] : [];
  };

/** The body of a call, once it holds nothing unknown, all that is required, and each of its kind. */
export const checkedBody = (
  { call }: RouteContext,
  checks: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): JsonObject => {
  const body = isJsonObject(call.body) ? call.body : {};
  refuseUnknown(body, Object.keys(checks));
  const messages = Object.entries(checks)
    .filter(([name]) => name in body || required.includes(name))
    .flatMap(([name, check]) => check(body[name], name));
  if (messages.length > 0) throw refusal(422, messages);
  return body;
};
