import type { HttpRequest } from './client.ts';
import { isAbsolute } from './wire-request.ts';

/** For messages: whom the request was for, and for maintainers which it was, without a query that may hold a key. */
export const describeRequest = ({
  method,
  path,
}: HttpRequest): { readonly whom: string; readonly what: string } => {
  const address = path.split('?', 1)[0] ?? '';
  const whom = isAbsolute(path) && URL.canParse(path) ? new URL(path).host : 'HighLevel';
  return { whom, what: `${method} ${address}` };
};
