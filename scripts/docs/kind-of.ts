import type { StreamDefinition } from '../../src/stream/definition.ts';

/** What an incremental sync of a stream can mean, in the words of the documentation. */
export type Kind =
  | 'server-side incremental'
  | 'windowed incremental'
  | 'client-side incremental'
  | 'newest first'
  | 'follows its parent'
  | 'full refresh'
  | 'snapshot';

/** How a stream is read. */
export const kindOf = ({ retrieval }: StreamDefinition): Kind => {
  switch (retrieval.kind) {
    case 'search':
      return 'server-side incremental';
    case 'windows':
      return 'windowed incremental';
    case 'newest_first':
      return 'newest first';
    case 'snapshot':
      return 'snapshot';
    case 'directory':
    case 'report':
      return 'full refresh';
    case 'list':
      return retrieval.changed === undefined ? 'full refresh' : 'client-side incremental';
    case 'children':
      if (retrieval.follows !== undefined) return 'follows its parent';
      return retrieval.changed === undefined ? 'full refresh' : 'client-side incremental';
  }
};
