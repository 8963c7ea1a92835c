import type { WindowsRetrieval } from '../../src/stream/definition.ts';
import { code } from './markdown.ts';
import { KEEPS_DELETED, OLD_NEWS, type Reading } from './reading.ts';

/** What `by` is the time of. */
const timeOf = ({ by, isEventTime = false }: WindowsRetrieval): string =>
  `${code(by.column)}, ${isEventTime ? 'when the event begins' : 'when the row was made'}`;

const reach = ({ aheadDays }: WindowsRetrieval): string =>
  aheadDays === undefined
    ? 'The last one ends two minutes before HighLevel’s now; what is younger is the next sync’s part.'
    : `The last one ends ${aheadDays} days ahead.`;

const inWindows = (retrieval: WindowsRetrieval): string =>
  `The first sync of each location, and every full refresh, reads windows of ${timeOf(retrieval)}, the oldest first, and goes on after the last whole window if it is interrupted. ${reach(retrieval)}`;

const trailing = ({ trailingDays, changed, aheadDays }: WindowsRetrieval): string => {
  const span = `the ${trailingDays} days before the last one${aheadDays === undefined ? '' : ' and what lies ahead'}`;
  const emitted =
    changed === undefined
      ? 'All of these rows are emitted each time, because they do not say when they changed: use Append + Deduped.'
      : `Of these it emits what is new or has changed, by ${code(changed.column)}, since the last sync less \`lookback_window_minutes\`; rows without that time come each time.`;
  return `Each sync reads ${span} again, because such rows still change; \`trailing_window_days\` says another number of days. ${emitted}`;
};

const weekly = ({ changed, isEventTime = false }: WindowsRetrieval): string => {
  if (isEventTime)
    return 'Once in seven days everything is read and emitted again: events of a calendar or user that was not listed before look old and are new.';
  return changed === undefined
    ? 'Once in seven days everything older is read again too, and emitted.'
    : 'Once in seven days everything older is read again too; it emits what changed since the last such pass, or all if rows may have been missing since (the log then says so).';
};

const startDate = ({ trailingDays, changed, isEventTime = false }: WindowsRetrieval): string => {
  const times = changed === undefined ? 'was made' : isEventTime ? 'changed' : 'was made and last changed';
  const before = isEventTime ? 'begins' : 'was made';
  return `\`start_date\` leaves out what ${times} before it, and everything that ${before} more than ${trailingDays} days before it.`;
};

const trailingReading = (retrieval: WindowsRetrieval): Reading => {
  const { trailingDays, changed, isEventTime = false } = retrieval;
  const age = `${isEventTime ? 'began' : 'was made'} more than ${trailingDays} days ago`;
  return {
    how: [inWindows(retrieval), trailing(retrieval), weekly(retrieval), startDate(retrieval)],
    misses: [
      KEEPS_DELETED,
      `For up to a week: a change of what ${age}. With a \`start_date\`, changes of what lies more than ${trailingDays} days before it are not seen at all.`,
      ...(changed === undefined ? [] : [OLD_NEWS(changed.column)]),
    ],
  };
};

/** Where recent changes are found by an order of the API's instead of by a trailing window. */
const recentReading = (retrieval: WindowsRetrieval, key: string): Reading => ({
  how: [
    inWindows(retrieval),
    `Each sync then reads by ${code(key)}, the newest first, down to the last sync less \`lookback_window_minutes\`, and emits what it meets.`,
    `Once in seven days everything is read again by windows${
      retrieval.changed === undefined
        ? ', and emitted.'
        : `; it emits what changed, by ${code(retrieval.changed.column)}, since the last such pass.`
    }`,
    `With a \`start_date\`, the windows begin there (less \`trailing_window_days\`, if that is set); of what is older, the rows are read whose ${code(key)} is not before it.`,
  ],
  misses: [
    KEEPS_DELETED,
    `For up to a week: a change that does not move ${code(key)}, and a new row without one. With a \`start_date\`, such changes of older rows are not seen at all.`,
    ...(retrieval.changed === undefined ? [] : [OLD_NEWS(retrieval.changed.column)]),
  ],
});

/** Of streams that can be filtered by when a row was made or an event begins, but not by change. */
export const windowsReading = (retrieval: WindowsRetrieval): Reading =>
  retrieval.recent === undefined
    ? trailingReading(retrieval)
    : recentReading(retrieval, retrieval.recent.key.column);
