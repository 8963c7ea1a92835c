import type { FailureType } from '../../src/foundation/errors.ts';
import type { AirbyteMessage } from '../../src/protocol/messages.ts';
import { errorsOf } from '../support/messages-of.ts';
import type { Closing } from './access-events.ts';
import type { AttemptOutput } from './machine.ts';
import type { Attempt, Interruption, WireFault, WorldEvent } from './schedule.ts';
import type { Stage } from './stage.ts';

/** What an attempt meets when it begins. */
export interface Circumstances {
  /** Locations that it has to read and cannot. */
  readonly closed: ReadonlyMap<string, Closing>;
  /** Of these nothing may be left to read, because an earlier attempt of the job has read them. */
  readonly mayBeDone: ReadonlySet<string>;
  /** Locations that an earlier sync has read, and not skipped. */
  readonly known: ReadonlySet<string>;
  readonly skipped: ReadonlySet<string>;
  /** Nothing else is amiss. */
  readonly isInOrder: boolean;
}

/** What came of it. */
export interface Ended {
  readonly output: AttemptOutput;
  readonly messages: readonly AirbyteMessage[];
  readonly cut: boolean;
  /** When tokens were ended in the middle of it, by HighLevel's clock. */
  readonly tokensEndedAtMs: readonly number[];
}

export const circumstancesOf = (
  { simulator, platform, events, modes }: Stage,
  tried: ReadonlySet<string>,
): Circumstances => {
  const selected = simulator.world.locationIds().filter(platform.isSelected);
  return {
    closed: new Map(
      selected.flatMap((id) => {
        const kind = events.closedAs(id);
        return kind === undefined ? [] : [[id, kind] as const];
      }),
    ),
    mayBeDone: [...modes.values()].includes('incremental') ? new Set() : tried,
    known: new Set([...platform.knownLocations().values()].flat().filter((id) => selected.includes(id))),
    skipped: new Set(platform.skippedLocations()),
    isInOrder: events.isInOrder() && platform.hasNewestToken(),
  };
};

/** Faults that a request sent again overcomes. */
const PASSING: ReadonlySet<WireFault> = new Set<WireFault>([
  ...(['html', 'error', 'lost', 'unanswered', 'cut', 'malformed', 'slow', 'rate_limited'] as const),
]);
/** Fewer than a request is tried. */
const MOST_FAULTS = 2;
/** Tokens that are refused are renewed, rows come and change, and the machine sleeps. */
const USUAL: ReadonlySet<string> = new Set<WorldEvent['kind']>([
  ...(['expire_tokens', 'revoke_tokens', 'insert', 'update', 'freeze'] as const),
]);
const LONGEST_SLEEP_MS = 12 * 60 * 60_000;
/** A new token that is refused sooner is not worth another one. */
const RENEWED_EVERY_MS = 60 * 60_000;

/** Whether tokens that replaced others lived for a while before they were ended again. */
const areRenewable = ({ tokensEndedAtMs, output: { renewals } }: Ended): boolean => {
  const [firstEndedAtMs = 0] = tokensEndedAtMs;
  // A location's token that came before is its first; those of a sign-in may have been ended before the attempt.
  const replaced = renewals?.filter(({ isSignIn, cameAtMs }) => isSignIn || cameAtMs >= firstEndedAtMs);
  return tokensEndedAtMs.every((endedAtMs) =>
    replaced?.every(
      ({ askedAtMs, cameAtMs }) => askedAtMs > endedAtMs || cameAtMs < endedAtMs - RENEWED_EVERY_MS,
    ),
  );
};

const isUsual = ({ event }: Interruption): boolean =>
  // One request may sleep through the lives of two tokens.
  USUAL.has(event.kind) && (event.kind !== 'freeze' || event.ms < LONGEST_SLEEP_MS);

/** Whether nothing happens in the attempt that a connector could not overcome. */
const isOvercome = ({ ending, wire, interruptions }: Attempt, ended: Ended): boolean =>
  ending.kind === 'own' &&
  wire.every(({ fault }) => PASSING.has(fault)) &&
  wire.reduce((sum, { count }) => sum + count, 0) <= MOST_FAULTS &&
  interruptions.every(isUsual) &&
  // An answer that came after hours of sleep and is no good has used up the time that a request may take.
  (wire.length === 0 || interruptions.every(({ event }) => event.kind !== 'freeze')) &&
  areRenewable(ended);

const isCalm = ({ ending, wire, interruptions }: Attempt): boolean =>
  ending.kind === 'own' && wire.length === 0 && interruptions.length === 0;

const ORDER: readonly FailureType[] = ['transient_error', 'system_error', 'config_error'];

/** The platform decides by the earliest error whether to try again. */
const orderProblems = (messages: readonly AirbyteMessage[]): readonly string[] => {
  const places = errorsOf(messages).map(({ failure_type: type }) => ORDER.indexOf(type));
  return places.every((place, index) => place >= (places[index - 1] ?? 0))
    ? []
    : ['an error that no retry helps is told before one that a retry may help'];
};

/** Locations without which no sync may end well. */
const neededOf = ({ platform, schedule }: Stage, { closed, mayBeDone }: Circumstances): readonly string[] =>
  platform.mayDoWithout() || schedule.signIn !== 'oauth'
    ? []
    : [...closed].flatMap(([id, kind]) => {
        // One that is gone from the agency's list is only missed by who has named it.
        const isNeeded = kind === 'refuse' || (kind === 'uninstall' && platform.isNamed(id));
        return isNeeded && !mayBeDone.has(id) ? [id] : [];
      });

const FEWEST_GONE = 2;
const GONE_SHARE = 0.1;

/** Locations that were read before and cannot be read now, if they are too many for clients who left. */
const goneOf = ({ schedule }: Stage, circumstances: Circumstances): readonly string[] => {
  const { closed, known, skipped, mayBeDone } = circumstances;
  const gone = [...closed.keys()].filter((id) => known.has(id) && !skipped.has(id) && !mayBeDone.has(id));
  const isMany = gone.length >= FEWEST_GONE && gone.length > GONE_SHARE * known.size;
  return schedule.signIn === 'oauth' && isMany ? gone : [];
};

interface Judged {
  readonly before: Circumstances;
  readonly attempt: Attempt;
  readonly ended: Ended;
  /** Locations whose access changed meanwhile. */
  readonly touched: ReadonlySet<string>;
}

/** Of an end that hides locations which could not be read. */
const falseEnds = (stage: Stage, { before, ended: { output }, touched }: Judged): readonly string[] => {
  if (output.exitCode !== 0) return [];
  const needed = neededOf(stage, before).filter((id) => !touched.has(id));
  const gone = goneOf(stage, before);
  const areGone = gone.length > 0 && !gone.some((id) => touched.has(id));
  return [
    ...(needed.length > 0 ? [`it exits with 0 though ${needed.join(', ')} cannot be read`] : []),
    ...(areGone ? [`it exits with 0 though ${gone.join(', ')} cannot be read any more`] : []),
  ];
};

/** Of failures where nothing is amiss but locations. */
const falseFailures = (stage: Stage, { before, attempt, ended, touched }: Judged): readonly string[] => {
  const { output, messages } = ended;
  if (!before.isInOrder || output.hasLostTokens || output.exitCode === 0) return [];
  const told = errorsOf(messages)
    .map(({ message }) => message)
    .join(' | ');
  if (isOvercome(attempt, ended) && before.closed.size + touched.size === 0)
    return [`it fails though all is in order: ${told}`];
  const unnamed = neededOf(stage, before).filter((id) => !touched.has(id) && !told.includes(id));
  return isCalm(attempt) && unnamed.length > 0
    ? [`no error names ${unnamed.join(', ')}, though it cannot be read`]
    : [];
};

/** The platform takes a source for dead that writes neither a record nor a state for so long. */
const LONGEST_SILENCE_MS = 3 * 60 * 60_000;

const silences = ({ longestSilenceMs }: AttemptOutput): readonly string[] =>
  longestSilenceMs > LONGEST_SILENCE_MS
    ? [`it is silent for ${Math.round(longestSilenceMs / 60_000)} minutes, and would be taken for dead`]
    : [];

/** What an attempt owed in its circumstances and did not do. */
export const brokenPromises = (
  stage: Stage,
  before: Circumstances,
  happened: Omit<Judged, 'before'>,
): readonly string[] => {
  const judged = { ...happened, before };
  const { ended } = happened;
  if (ended.cut) return silences(ended.output);
  return [
    ...silences(ended.output),
    ...orderProblems(ended.messages),
    ...falseEnds(stage, judged),
    ...falseFailures(stage, judged),
  ];
};

/** Whether all that is amiss is that some locations cannot be read: then the others are read all the same. */
export const isOnlyClosed = ({ closed, isInOrder }: Circumstances, attempt: Attempt): boolean =>
  isInOrder && closed.size > 0 && isCalm(attempt);
