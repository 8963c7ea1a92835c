import { ConnectorError, detailsOf, type FailureType } from '../foundation/errors.ts';
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
const MOST_REASONS = 10;

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
    const key = `${error.failureType} ${error.message}`;
    const reason = reasons.get(key);
    if (reason === undefined) reasons.set(key, { error, locationIds: [locationId] });
    else reason.locationIds.push(locationId);
  }
  return [...reasons.values()];
};

interface Circumstances {
  /** Locations that were to be read. */
  readonly total: number;
  /** Why the failures weigh more than one by one; said first. */
  readonly incident?: ConnectorError | undefined;
}

const summarise = (
  streamName: string | undefined,
  failures: readonly LocationFailure[],
  { total, incident }: Circumstances,
): string => {
  const reasons = reasonsOf(failures);
  const named = reasons.slice(0, MOST_REASONS);
  const unnamed = reasons.length - named.length;
  return [
    ...(incident === undefined ? [] : [incident.message]),
    `${failures.length} of ${total} locations could not be read${streamName === undefined ? '' : ` for ${streamName}`}.`,
    ...named.map(({ error, locationIds }) => `${listed(locationIds)}: ${error.message}`),
    ...(unnamed === 0 ? [] : [`And ${unnamed} more reasons; see the log.`]),
  ].join(' ');
};

/** One error a failure type, which names the locations and what to do. */
export const summariseFailures = (
  streamName: string | undefined,
  failures: readonly LocationFailure[],
  circumstances: Circumstances,
): readonly Failure[] => {
  const summaries = ORDER.flatMap((failureType): readonly Failure[] => {
    const ofType = failures.filter(({ error }) => error.failureType === failureType);
    const [first] = ofType;
    if (first === undefined) return [];
    // An incident outweighs what the locations say one by one.
    const code = circumstances.incident?.code ?? first.error.code;
    const isShared = ofType.every(({ error }) => error.code === code);
    const details = ofType.slice(0, MOST_REASONS).flatMap(({ locationId, error }) => {
      const known = isShared ? error.internalMessage : detailsOf(error);
      return known === undefined ? [] : [`${locationId}: ${known}`];
    });
    const error = new ConnectorError({
      failureType,
      code: isShared || circumstances.incident !== undefined ? code : undefined,
      message: summarise(streamName, ofType, circumstances),
      internalMessage: details.length === 0 ? undefined : details.join('; '),
      cause: first.error,
    });
    return [{ streamName, error }];
  });
  const { incident } = circumstances;
  // Locations that are gone from the list fail nothing that is read, and still may be too many.
  return summaries.length === 0 && incident !== undefined ? [{ streamName, error: incident }] : summaries;
};

/** Where it went wrong first, behind the failures that pass it on. */
const originOf = (error: Error): Error => (error.cause instanceof Error ? originOf(error.cause) : error);

const stackOf = ({ cause, failureType }: ConnectorError): string | undefined =>
  failureType === 'system_error' && cause instanceof Error ? originOf(cause).stack : undefined;

/** The ERROR trace of a failure. */
export const toErrorTrace = (
  { error, streamName }: Failure,
  emittedAt: number,
  redact: (text: string) => string,
): TraceMessage => {
  const stack = stackOf(error);
  const details = detailsOf(error);
  return {
    type: 'TRACE',
    trace: {
      type: 'ERROR',
      emitted_at: emittedAt,
      error: {
        message: redact(error.message),
        ...(details !== undefined && { internal_message: redact(details) }),
        ...(stack !== undefined && { stack_trace: stack.split('\n').map(redact).join('\n') }),
        failure_type: error.failureType,
        ...(streamName !== undefined && { stream_descriptor: { name: streamName } }),
      },
    },
  };
};

/** In the order in which they are to be emitted. */
export const inOrder = (failures: readonly Failure[]): readonly Failure[] =>
  [...failures].sort((a, b) => ORDER.indexOf(a.error.failureType) - ORDER.indexOf(b.error.failureType));
