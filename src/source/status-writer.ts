import type { MessageEmitter } from '../protocol/emitter.ts';
import type { RateLimitedReason, StreamStatus } from '../protocol/messages.ts';

/** Writes a stream's statuses in the order the platform allows: STARTED, RUNNING ⇄ rate limited, one end. */
export interface StatusWriter {
  readonly started: () => Promise<void>;
  /** Written once, and again after a rate limit: to be called before every record and state. */
  readonly running: () => Promise<void>;
  /** Ignored while the stream is rate limited already, and after its end. */
  readonly rateLimited: (resetAtMs: number) => Promise<void>;
  readonly ended: (status: 'COMPLETE' | 'INCOMPLETE') => Promise<void>;
}

type Phase = 'idle' | 'running' | 'rate limited' | 'ended';

export const createStatusWriter = (
  name: string,
  emitter: Pick<MessageEmitter, 'emit'>,
  now: () => number,
): StatusWriter => {
  let phase: Phase = 'idle';
  const write = (status: StreamStatus, reasons?: readonly RateLimitedReason[]): Promise<void> =>
    emitter.emit({
      type: 'TRACE',
      trace: {
        type: 'STREAM_STATUS',
        emitted_at: now(),
        stream_status: {
          stream_descriptor: { name },
          status,
          ...(reasons !== undefined && { reasons }),
        },
      },
    });
  const running = async (): Promise<void> => {
    if (phase === 'running') return;
    phase = 'running';
    await write('RUNNING');
  };
  return {
    started: () => write('STARTED'),
    running,
    rateLimited: async (resetAtMs) => {
      if (phase === 'rate limited' || phase === 'ended') return;
      const isFirst = phase === 'idle';
      phase = 'rate limited';
      if (isFirst) await write('RUNNING');
      await write('RUNNING', [{ type: 'RATE_LIMITED', rate_limited: { quota_reset: Math.ceil(resetAtMs) } }]);
    },
    ended: async (status) => {
      await running();
      phase = 'ended';
      await write(status);
    },
  };
};
