import type { StreamDefinition } from '../../src/stream/definition.ts';
import { childrenReading } from './children-reading.ts';
import {
  changedReading,
  DIRECTORY_READING,
  REPORT_READING,
  snapshotReading,
  WHOLE_READING,
} from './list-reading.ts';
import { newestFirstReading } from './newest-first-reading.ts';
import type { Reading } from './reading.ts';
import { searchReading } from './search-reading.ts';
import { windowsReading } from './windows-reading.ts';

/** What follows for users from the way a stream is read. */
export const readingOf = ({ retrieval }: StreamDefinition): Reading => {
  switch (retrieval.kind) {
    case 'search':
      return searchReading(retrieval);
    case 'windows':
      return windowsReading(retrieval);
    case 'newest_first':
      return newestFirstReading(retrieval);
    case 'children':
      return childrenReading(retrieval);
    case 'snapshot':
      return snapshotReading(retrieval.of.name);
    case 'directory':
      return DIRECTORY_READING;
    case 'report':
      return REPORT_READING;
    case 'list':
      return retrieval.changed === undefined
        ? WHOLE_READING
        : changedReading(retrieval.changed, retrieval.endpoint.paginator !== undefined);
  }
};
