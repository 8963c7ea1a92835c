import type { JsonObject } from '../foundation/json.ts';

/** Lists of what can be put into folders hold the folders too, among the rest. */
export const isFolder = ({ type }: JsonObject): boolean => type === 'folder';
