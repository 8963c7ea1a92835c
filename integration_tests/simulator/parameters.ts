import { refusal } from './answers.ts';
import type { Call } from './call.ts';

/** Refuses what the route does not know, as the whitelisting validation does. */
export const refuseUnknown = (
  parameters: Readonly<Record<string, unknown>>,
  known: readonly string[],
): void => {
  const messages = Object.keys(parameters)
    .filter((key) => !known.includes(key))
    .map((key) => `property ${key} should not exist`);
  if (messages.length > 0) throw refusal(422, messages);
};

/** Texts that must be there; all that are missing are named at once. */
export const requireTexts = (
  parameters: Readonly<Record<string, unknown>>,
  names: readonly string[],
): void => {
  const messages = names
    .filter((name) => typeof parameters[name] !== 'string' || parameters[name] === '')
    .flatMap((name) => [`${name} must be a string`, `${name} should not be empty`]);
  if (messages.length > 0) throw refusal(422, messages);
};

/** A whole number written as text in the query. */
export const queryNumber = (
  { query }: Call,
  name: string,
  { fallback, most = Number.POSITIVE_INFINITY }: { readonly fallback: number; readonly most?: number },
): number => {
  const text = query[name];
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text)) throw refusal(422, [`${name} must be a number string`]);
  if (Number(text) > most) throw refusal(422, [`${name} must not be greater than ${most}`]);
  return Number(text);
};

/** One of the values a parameter allows, or undefined without it. */
export const queryChoice = <T extends string>(
  { query }: Call,
  name: string,
  allowed: readonly T[],
): T | undefined => {
  const text = query[name];
  if (text === undefined) return undefined;
  const chosen = allowed.find((value) => value === text);
  if (chosen === undefined)
    throw refusal(422, [`${name} must be one of the following values: ${allowed.join(', ')}`]);
  return chosen;
};
