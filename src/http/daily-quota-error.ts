import type { ConnectorError } from '../foundation/errors.ts';
import { httpError } from './http-errors.ts';

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
  httpError(
    'daily_quota_used_up',
    { when: resetMs === undefined ? 'within a day' : `in ${inWords(resetMs)}` },
    {
      // Said, where there was an answer: an error without a status may pass for one that a smaller page would avoid.
      ...(details !== undefined && { status: 429 }),
      internalMessage: `${details === undefined ? '' : `${details}; `}daily quota of ${bucket}`,
    },
  );
