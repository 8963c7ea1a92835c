import { isJsonArray, isJsonObject, type JsonObject, type JsonValue, textAt } from '../foundation/json.ts';

const messageOf = (object: JsonObject): string | undefined => {
  const message = object['message'];
  if (isJsonArray(message)) return message.filter((part) => typeof part === 'string').join('; ');
  return textAt(object, 'message');
};

/**
 * What an error answer says, whichever service wrote it: `message` as text or list, `error.message` (v3),
 * `error_description` or `error` (OAuth), or the bare text. Empty when it says nothing.
 */
export const answerText = (body: JsonValue): string => {
  if (typeof body === 'string') return body.trim();
  if (!isJsonObject(body)) return '';
  const nested = body['error'];
  return (
    messageOf(body) ??
    (isJsonObject(nested) ? messageOf(nested) : undefined) ??
    textAt(body, 'error_description') ??
    textAt(body, 'error') ??
    ''
  );
};
