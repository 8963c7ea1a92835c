import { httpError } from './http-errors.ts';

/**
 * An id ready for a path.
 * @throws ConnectorError for one that would lead to another path
 */
export const pathSegment = (id: string): string => {
  // Encoded or not, addresses take these for steps up and down.
  if (id === '.' || id === '..') throw httpError('id_not_askable', { id });
  // Half of a character cannot be encoded.
  return encodeURIComponent(id.replace(/\p{Surrogate}/gu, '\uFFFD'));
};
