import { type ConnectorError, transientError } from '../foundation/errors.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const inWords = (milliseconds: number): string =>
  milliseconds < HOUR_MS
    ? `${Math.ceil(milliseconds / MINUTE_MS)} min`
    : `${Math.ceil(milliseconds / HOUR_MS)} h`;

/**
 * Nothing more may be asked of this bucket today.
 * @param resetMs milliseconds until the quota is whole again; undefined when HighLevel does not say
 * @param details how a request was answered; undefined when none was sent
 */
export const dailyQuotaError = (
  bucket: string,
  resetMs: number | undefined,
  details?: string,
): ConnectorError =>
  transientError(
    `The daily request quota is used up, or what is left of it is reserved for other tools ` +
      `(the setting max_quota_share). It is whole again ${resetMs === undefined ? 'within a day' : `in ${inWords(resetMs)}`}; ` +
      'a later sync goes on from here.',
    {
      reach: 'partition',
      // Said, where there was an answer: an error without a status may pass for one that a smaller page would avoid.
      ...(details !== undefined && { status: 429 }),
      internalMessage: `${details === undefined ? '' : `${details}; `}daily quota of ${bucket}`,
    },
  );
