import type { Query, RequestBody } from './client.ts';

/** True for a whole address, which does not go to HighLevel. */
export const isAbsolute = (path: string): boolean => /^https?:\/\//i.test(path);

export const addressOf = (baseUrl: string, path: string, query: Query = {}): string => {
  const url = isAbsolute(path) ? path : baseUrl.replace(/\/+$/, '') + path;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.append(name, String(value));
  if (parameters.size === 0) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${parameters.toString()}`;
};

interface EncodedBody {
  readonly text?: string;
  readonly contentHeaders: Readonly<Record<string, string>>;
}

export const encodeBody = (body: RequestBody | undefined): EncodedBody => {
  if (body === undefined) return { contentHeaders: {} };
  if (body.kind === 'json')
    return { text: JSON.stringify(body.value), contentHeaders: { 'content-type': 'application/json' } };
  return {
    text: new URLSearchParams(body.value).toString(),
    contentHeaders: { 'content-type': 'application/x-www-form-urlencoded' },
  };
};
