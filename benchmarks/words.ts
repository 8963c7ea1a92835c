const MEGABYTE = 1e6;

export const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
export const times = (ratio: number): string => `${ratio.toFixed(2)} ×`;
export const seconds = (milliseconds: number): string =>
  `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 0)} s`;
/** Millions of bytes, not of kibibytes. */
export const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(0)} MB`;
export const count = (whole: number): string => Math.round(whole).toLocaleString('en-US');
