/** Begins with the name of a day; `Date.parse` alone would take `-5` for a date as well. */
const HTTP_DATE = /^[A-Za-z]{3,9},? /;

/** @returns epoch milliseconds of a date as headers write it (RFC 9110 §5.6.7), or undefined if it is none */
export const parseHttpDate = (text: string | undefined): number | undefined => {
  if (text === undefined || !HTTP_DATE.test(text)) return undefined;
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
};
