import { errorsOf, type ErrorTable } from '../foundation/error-table.ts';

const BUG = 'Please report it with the log of this sync.';
const CHANGED = 'HighLevel has changed its answer, or something in between has.';

/** What can go wrong while a stream is read. What looks as if rows were missing is an error, so that none is lost in silence. */
export const STREAM_ERRORS = {
  rows_withheld: {
    type: 'transient_error',
    reach: 'partition',
    message:
      'HighLevel counts more rows than it gives for {stream}, and what is missing would pass for deleted. Sync again later.',
    cause: "HighLevel's count and its list disagree, also when the list is read again.",
    cure: 'As the message says. If it stays for days, ask the support of HighLevel about the list.',
  },
  parents_denied: {
    type: 'transient_error',
    reach: 'partition',
    message:
      'HighLevel says of everything that {stream} belong to that it does not exist, though it has just listed it.',
    cause: 'An outage of a part of HighLevel that calls itself "not found".',
    cure: 'Nothing, as a rule: the next sync goes on from here.',
  },
  location_state_foreign: {
    type: 'config_error',
    reach: 'partition',
    message:
      "The state given for a location is not one of this connector's. Clear (reset) the connection's state and sync again.",
    cause: 'The state is from another connector for HighLevel, or somebody edited it.',
    cure: 'As the message says; a reset reads everything again.',
  },
  pages_stuck: {
    type: 'system_error',
    reach: 'partition',
    message: 'The pages of {what} do not advance: HighLevel gave the same {repeated} twice.',
    cause: 'HighLevel ignores from where the next page was asked for.',
    cure: `Sync again later. ${BUG}`,
  },
  page_edge_missing: {
    type: 'system_error',
    reach: 'partition',
    message: "HighLevel's rows do not say where the next page begins, so the rest cannot be read.",
    cause: CHANGED,
    cure: BUG,
  },
  window_ignored: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel gives {stream} without heeding the time that is asked for.',
    cause: CHANGED,
    cure: BUG,
  },
  list_missing: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel\'s answer has no list named "{list}", so rows could be missing.',
    cause: CHANGED,
    cure: BUG,
  },
  row_malformed: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel\'s list "{list}" holds something that is no row.',
    cause: CHANGED,
    cure: BUG,
  },
  answer_malformed: {
    type: 'system_error',
    reach: 'partition',
    message: "HighLevel's answer is no object, so a row could be missing.",
    cause: CHANGED,
    cure: BUG,
  },
  row_without_id: {
    type: 'system_error',
    reach: 'partition',
    message: 'HighLevel sent a row without an id.',
    cause: CHANGED,
    cure: BUG,
  },
} as const satisfies ErrorTable;

export const streamError = errorsOf(STREAM_ERRORS);
