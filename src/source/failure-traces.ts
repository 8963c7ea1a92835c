import { ConnectorError, type FailureType } from '../foundation/errors.ts';
import type { TraceMessage } from '../protocol/messages.ts';
import type { LocationFailure } from './sync-stream.ts';

/** A failure of the sync, of a stream, or of some of a stream's locations. */
export interface Failure {
  readonly error: ConnectorError;
  readonly streamName: string | undefined;
}

/** Transient ones first: the platform decides by the earliest trace whether to retry, and gives up on a config error. */
const ORDER: readonly FailureType[] = ['transient_error', 'system_error', 'config_error'];
const MOST_IDS = 20;

const listed = (ids: readonly string[]): string =>
  ids.length <= MOST_IDS
    ? ids.join(', ')
    : `${ids.slice(0, MOST_IDS).join(', ')} and ${ids.length - MOST_IDS} more`;

interface Reason {
  readonly error: ConnectorError;
  readonly locationIds: string[];
}

/** Locations that failed for the same reason are told of in one sentence. */
const reasonsOf = (failures: readonly LocationFailure[]): readonly Reason[] => {
  const reasons = new Map<string, Reason>();
  for (const { locationId, error } of failures) {
    const key = `${error.failureType} ${error.message.replaceAll(locationId, '')}`;
    const reason = reasons.get(key);
    if (reason === undefined) reasons.set(key, { error, locationIds: [locationId] });
    else reason.locationIds.push(locationId);
  }
  return [...reasons.values()];
};

/** One error a failure type, which names the locations and what to do. */
export const summariseFailures = (
  streamName: string,
  failures: readonly LocationFailure[],
  total: number,
): readonly Failure[] =>
  ORDER.flatMap((failureType) => {
    const ofType = failures.filter(({ error }) => error.failureType === failureType);
    const reasons = reasonsOf(ofType);
    const [first] = reasons;
    if (first === undefined) return [];
    const sentences = reasons.map(({ error, locationIds }) => `[${listed(locationIds)}] ${error.message}`);
    const message = `${ofType.length} of ${total} locations could not be read for ${streamName}. ${sentences.join(' ')}`;
    const internalMessage = reasons
      .flatMap(({ error }) => (error.internalMessage === undefined ? [] : [error.internalMessage]))
      .join('; ');
    return [
      {
        streamName,
        error: new ConnectorError({
          failureType,
          message,
          internalMessage: internalMessage === '' ? undefined : internalMessage,
          cause: first.error,
        }),
      },
    ];
  });

const stackOf = ({ cause, failureType }: ConnectorError): string | undefined =>
  failureType === 'system_error' && cause instanceof Error ? cause.stack : undefined;

/** The ERROR trace of a failure. */
export const toErrorTrace = (
  { error, streamName }: Failure,
  emittedAt: number,
  redact: (text: string) => string,
): TraceMessage => {
  const stack = stackOf(error);
  return {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: emittedAt,
      error: {
        message: redact(error.message),
        ...(error.internalMessage !== undefined && { internal_message: redact(error.internalMessage) }),
        ...(stack !== undefined && { stack_trace: redact(stack) }),
        failure_type: error.failureType,
        ...(streamName !== undefined && { stream_descriptor: { name: streamName } }),
      },
    },
  };
};

/** In the order in which they are to be emitted. */
export const inOrder = (failures: readonly Failure[]): readonly Failure[] =>
  [...failures].sort((a, b) => ORDER.indexOf(a.error.failureType) - ORDER.indexOf(b.error.failureType));
