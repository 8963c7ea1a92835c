/** Either a value of the type wanted, or what is wrong: sentences that name a field and never its value. */
export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly string[] };

/** The value, unless there is a problem. */
export const checked = <T>(value: T, problems: readonly string[]): Checked<T> =>
  problems.length === 0 ? { ok: true, value } : { ok: false, problems };
