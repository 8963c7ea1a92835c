/** What the address says that HighLevel has sent the browser to. */
export type Redirect =
  | { readonly kind: 'code'; readonly code: string }
  /** No consent, or an error of HighLevel's. */
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }
  /** Of another sign-in than this one, for all that can be told. */
  | { readonly kind: 'foreign' }
  /** An address without an answer in it. */
  | { readonly kind: 'empty' };

/** Who brings it: any page can send a browser to this machine, but only the person can paste into the terminal. */
export type Bringer = 'browser' | 'person';

export const readRedirect = (query: URLSearchParams, state: string, bringer: Bringer): Redirect => {
  const [code, error, returned] = [query.get('code'), query.get('error'), query.get('state')];
  if (returned !== null && returned !== state) return { kind: 'foreign' };
  if (error !== null) return { kind: 'refused', error, description: query.get('error_description') ?? '' };
  if (code === null || code === '') return { kind: 'empty' };
  if (returned === null && bringer === 'browser') return { kind: 'foreign' };
  return { kind: 'code', code };
};
