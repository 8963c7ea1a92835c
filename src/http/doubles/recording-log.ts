import type { Log } from '../../foundation/log.ts';

/** For tests: keeps what was logged as `level: message`. */
export interface RecordingLog extends Log {
  readonly lines: readonly string[];
}

export const createRecordingLog = (): RecordingLog => {
  const lines: string[] = [];
  const at = (level: string) => (message: string) => {
    lines.push(`${level}: ${message}`);
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
};
