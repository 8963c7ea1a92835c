const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** With a comma at each thousand. */
export const count = (number: number): string => number.toLocaleString('en-US');

/** `1 row`, `2 rows`. */
export const counted = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** A time span as people say it. */
export const inWords = (milliseconds: number): string => {
  if (milliseconds < 10 * SECOND_MS) return `${(milliseconds / SECOND_MS).toFixed(1)} s`;
  if (milliseconds < 2 * MINUTE_MS) return `${Math.round(milliseconds / SECOND_MS)} s`;
  const minutes = Math.round(milliseconds / MINUTE_MS);
  return milliseconds < 2 * HOUR_MS ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};
