import type { ConnectorError } from '../foundation/errors.ts';
import { sourceError } from './source-errors.ts';
import type { LocationFailure } from './sync-stream.ts';

/** What the user wants done about locations that cannot be read. */
export type InaccessiblePolicy = 'skip_inactive' | 'skip_all' | 'fail';

interface VerdictOptions {
  readonly policy: InaccessiblePolicy;
  /** Locations that the stream was to read. */
  readonly total: number;
  readonly failures: readonly LocationFailure[];
  /** Locations that were read before and cannot be read now, of any stream. */
  readonly newlyGone: ReadonlySet<string>;
  /** Locations that were read before. */
  readonly known: ReadonlySet<string>;
}

export interface Verdict {
  /** Left out with a warning; the stream is complete without them. */
  readonly skipped: readonly LocationFailure[];
  /** These make the stream incomplete. */
  readonly failed: readonly LocationFailure[];
  /** Set when so much is gone at once that it must not pass for clients who left. */
  readonly incident: ConnectorError | undefined;
}

const GONE_SHARE = 0.1;
const FEWEST_GONE = 2;

const mayBeSkipped = ({ error }: LocationFailure, policy: InaccessiblePolicy): boolean => {
  if (error.access === undefined || policy === 'fail') return false;
  return policy === 'skip_all' || error.access === 'inactive';
};

const incidentOf = ({ total, failures, newlyGone, known }: VerdictOptions): ConnectorError | undefined => {
  const inaccessible = failures.filter(({ error }) => error.access !== undefined).length;
  if (total > 0 && inaccessible === total) return sourceError('no_location_readable', {});
  const isMany = newlyGone.size >= FEWEST_GONE && newlyGone.size > GONE_SHARE * known.size;
  if (!isMany) return undefined;
  const ids = [...newlyGone].slice(0, 20).join(', ');
  return sourceError('too_many_gone', { gone: newlyGone.size, known: known.size, ids });
};

/**
 * Decides what failed locations mean for a stream. One client who left is no failure; many at once are an incident
 * whatever the policy, because a green sync would let the platform replace a table with part of it.
 */
export const judgeLocations = (options: VerdictOptions): Verdict => {
  const { failures, policy } = options;
  const incident = incidentOf(options);
  if (incident !== undefined) return { skipped: [], failed: failures, incident };
  return {
    skipped: failures.filter((failure) => mayBeSkipped(failure, policy)),
    failed: failures.filter((failure) => !mayBeSkipped(failure, policy)),
    incident,
  };
};
