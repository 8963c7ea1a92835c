import type { ChildrenRetrieval } from '../../src/stream/definition.ts';
import { changedReading, WHOLE_READING } from './list-reading.ts';
import { code } from './markdown.ts';
import type { Reading } from './reading.ts';

const link = (name: string): string => `[${name}](#${name})`;

const followsReading = ({ of, rows }: ChildrenRetrieval, column: string): Reading => {
  const isAsked = rows.from === 'request';
  const way = isAsked ? 'asks for the rows of' : 'takes the rows out of';
  return {
    how: [
      `It reads ${link(of.name)} in the way that is described there, and ${way} each one that is new or has changed. The cursor is the parent's: ${code(column)}.`,
      ...(isAsked
        ? [`What is deleted from ${code(of.name)} while the sync is on its way is passed over.`]
        : []),
      `\`start_date\` counts for ${code(of.name)}: the rows of those that it leaves out are not read.`,
    ],
    misses: [
      `All that ${link(of.name)} can miss, with the rows of what it misses.`,
      `A change that does not count as a change of the parent, until the parent changes.`,
      'Rows that were deleted: an incremental sync keeps them, a full refresh that overwrites removes them.',
    ],
  };
};

/** Of streams that are read by way of another stream's rows. */
export const childrenReading = (retrieval: ChildrenRetrieval): Reading => {
  const { of, rows, follows, changed } = retrieval;
  if (follows !== undefined) return followsReading(retrieval, follows);
  const isAsked = rows.from === 'request';
  const reading =
    changed === undefined
      ? WHOLE_READING
      : changedReading(changed, isAsked && rows.endpoint.paginator !== undefined);
  const way = isAsked
    ? `HighLevel gives these rows for one row of ${link(of.name)} at a time, so all of those are read first. One that is deleted meanwhile is passed over.`
    : `The rows lie in those of ${link(of.name)}.`;
  return { ...reading, how: [way, ...reading.how] };
};
