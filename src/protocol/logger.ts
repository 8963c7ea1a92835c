import { createLogger } from 'winston';
import Transport from 'winston-transport';
import type { Log } from '../foundation/log.ts';
import type { MessageEmitter } from './emitter.ts';
import type { LogLevel } from './messages.ts';

/** From which level on a message is worth printing. */
export type LogThreshold = keyof Log;

export interface AirbyteLogger extends Log {
  /** Resolves when every message logged so far has been given to the emitter; never rejects. */
  readonly drained: () => Promise<void>;
}

interface AirbyteLoggerOptions {
  readonly emitter: Pick<MessageEmitter, 'emit'>;
  readonly level: LogThreshold;
  readonly redact: (text: string) => string;
}

const AIRBYTE_LEVELS: Readonly<Record<LogThreshold, LogLevel>> = {
  error: 'ERROR',
  warn: 'WARN',
  info: 'INFO',
  debug: 'DEBUG',
};

const isThreshold = (level: string): level is LogThreshold => level in AIRBYTE_LEVELS;

interface LogEntry {
  readonly level: string;
  readonly message: string;
}

/** Sends log lines out as Airbyte LOG messages, through the same writer as the records. */
class EmitterTransport extends Transport {
  readonly #emit: (entry: LogEntry) => Promise<void>;

  constructor(emit: (entry: LogEntry) => Promise<void>) {
    super();
    this.#emit = emit;
  }

  override log(entry: LogEntry, next: () => void): void {
    // Who logs cannot do anything about output that failed (an error given to `next` would end the process); who emits
    // records gets the same error.
    this.#emit(entry).then(next, () => {
      next();
    });
  }
}

/** Counts what goes in and comes out, because winston does not tell when its queue is empty. */
const createTally = (): {
  readonly add: () => void;
  readonly done: () => void;
  readonly empty: () => Promise<void>;
} => {
  let open = 0;
  let waiting: (() => void)[] = [];
  return {
    add: () => {
      open += 1;
    },
    done: () => {
      open -= 1;
      if (open > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    empty: () =>
      new Promise((resolve) => {
        if (open === 0) resolve();
        else waiting.push(resolve);
      }),
  };
};

/** Log lines as Airbyte LOG messages, with the secrets hidden; never throws, whatever becomes of the output. */
export const createAirbyteLogger = ({ emitter, level, redact }: AirbyteLoggerOptions): AirbyteLogger => {
  const tally = createTally();
  const emit = async (entry: LogEntry): Promise<void> => {
    const airbyteLevel = isThreshold(entry.level) ? AIRBYTE_LEVELS[entry.level] : 'INFO';
    try {
      await emitter.emit({ type: 'LOG', log: { level: airbyteLevel, message: entry.message } });
    } finally {
      tally.done();
    }
  };
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- a subclass of TransportStream is one
  const logger = createLogger({ level, transports: [new EmitterTransport(emit)] });
  const logAt =
    (at: LogThreshold) =>
    (message: string): void => {
      if (!logger.isLevelEnabled(at)) return;
      const redacted = redact(message);
      tally.add();
      logger.log(at, redacted);
    };
  return {
    debug: logAt('debug'),
    info: logAt('info'),
    warn: logAt('warn'),
    error: logAt('error'),
    drained: tally.empty,
  };
};
