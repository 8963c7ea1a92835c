import type { Log } from '../../foundation/log.ts';

/** What the requester logs of every answer. */
const ANSWER = /^\w+ .*(→ \d+, traceId|: no answer after) /;

/** For tests: keeps what was logged as `level: message`, but for the line that every answer gets. */
export interface RecordingLog extends Log {
  readonly lines: readonly string[];
}

export const createRecordingLog = (): RecordingLog => {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => {
    if (!ANSWER.test(message)) lines.push(`${level}: ${message}`);
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
