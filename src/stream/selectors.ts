import { systemError } from '../foundation/errors.ts';
import { isJsonArray, isJsonObject } from '../foundation/json.ts';
import type { Select } from './definition.ts';

/**
 * Selects the list under `key`. A missing list or an element that is no object is an error: to pass over it would be to
 * lose rows in silence.
 */
export const listAt =
  (key: string): Select =>
  (body) => {
    const list = isJsonObject(body) ? body[key] : undefined;
    if (!isJsonObject(body) || !isJsonArray(list)) {
      throw systemError(`HighLevel's answer has no list named "${key}", so rows could be missing.`);
    }
    const rows = list.filter(isJsonObject);
    if (rows.length !== list.length) {
      throw systemError(`HighLevel's list "${key}" holds something that is no row.`);
    }
    const { total } = body;
    return { rows, total: typeof total === 'number' ? total : undefined };
  };
