import type { AirbyteMessage, StateMessage, StreamStatus } from '../../src/protocol/messages.ts';
import { streamOf } from './messages-of.ts';

/** One stream on its way through its messages. */
interface Trail {
  phase: 'unknown' | 'started' | 'running' | StreamStatus;
  /** Records since the last state. */
  uncounted: number;
  lastState: string | undefined;
}

const isOver = ({ phase }: Trail): boolean => phase === 'COMPLETE' || phase === 'INCOMPLETE';

const statusProblem = (trail: Trail, status: StreamStatus): string | undefined => {
  switch (status) {
    case 'STARTED':
      return trail.phase === 'unknown' ? undefined : 'starts twice';
    case 'RUNNING':
      return trail.phase === 'unknown' ? 'runs before it starts' : undefined;
    case 'INCOMPLETE':
      return trail.phase === 'running' ? undefined : 'ends before it runs';
    case 'COMPLETE':
      if (trail.phase !== 'running') return 'ends before it runs';
      if (trail.lastState === undefined) return 'completes without a state';
      return trail.uncounted === 0
        ? undefined
        : `completes with ${trail.uncounted} records after its last state`;
  }
};

const PHASES = {
  STARTED: 'started',
  RUNNING: 'running',
  COMPLETE: 'COMPLETE',
  INCOMPLETE: 'INCOMPLETE',
} as const;

const onState = (trail: Trail, { state }: StateMessage): string | undefined => {
  const { recordCount } = state.sourceStats;
  const text = JSON.stringify(state.stream.stream_state);
  const { uncounted, lastState } = trail;
  Object.assign(trail, { uncounted: 0, lastState: text });
  if (trail.phase !== 'running') return 'has a state while it does not run';
  if (recordCount !== uncounted) return `counts ${recordCount} records in a state after ${uncounted}`;
  return text === lastState && uncounted > 0
    ? `has the same state twice with records between: ${text}`
    : undefined;
};

const advance = (trail: Trail, message: AirbyteMessage): string | undefined => {
  if (message.type === 'TRACE' && message.trace.type === 'ERROR') return undefined;
  if (isOver(trail)) return `goes on after its end: ${JSON.stringify(message).slice(0, 200)}`;
  if (message.type === 'STATE') return onState(trail, message);
  if (message.type === 'RECORD') {
    trail.uncounted += 1;
    return trail.phase === 'running' ? undefined : 'has a record while it does not run';
  }
  if (message.type !== 'TRACE' || message.trace.type !== 'STREAM_STATUS') return undefined;
  const { status } = message.trace.stream_status;
  const problem = statusProblem(trail, status);
  trail.phase = PHASES[status];
  return problem;
};

const FAILURE_ORDER = ['transient_error', 'system_error', 'config_error'];

/** Errors come last, those that a retry may cure first: the platform decides by the earliest. */
const errorOrderProblems = (messages: readonly AirbyteMessage[]): readonly string[] => {
  const problems: string[] = [];
  let latest = -1;
  for (const message of messages) {
    if (message.type === 'TRACE' && message.trace.type === 'ERROR') {
      const rank = FAILURE_ORDER.indexOf(message.trace.error.failure_type);
      if (rank < latest) problems.push('A config error comes before one that a retry may cure.');
      latest = rank;
    } else if (latest >= 0 && message.type !== 'LOG') {
      problems.push(`A ${message.type} comes after an error.`);
    }
  }
  return problems;
};

interface OrderReport {
  readonly problems: readonly string[];
  /** How each stream ended; undefined if it did not. */
  readonly ends: ReadonlyMap<string, 'COMPLETE' | 'INCOMPLETE' | undefined>;
}

/** Holds the messages of a read, or of its beginning, against the order the platform allows. */
export const judgeOrder = (messages: readonly AirbyteMessage[]): OrderReport => {
  const trails = new Map<string, Trail>();
  const problems: string[] = [];
  for (const message of messages) {
    const name = streamOf(message);
    if (name === undefined) continue;
    const trail = trails.get(name) ?? { phase: 'unknown', uncounted: 0, lastState: undefined };
    trails.set(name, trail);
    const problem = advance(trail, message);
    if (problem !== undefined) problems.push(`${name} ${problem}`);
  }
  const ends = [...trails].map(
    ([name, { phase }]) =>
      [name, phase === 'COMPLETE' || phase === 'INCOMPLETE' ? phase : undefined] as const,
  );
  return { problems: [...problems, ...errorOrderProblems(messages)], ends: new Map(ends) };
};
