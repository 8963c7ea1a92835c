import { collect } from '../../src/stream/doubles/collect-events.ts';
import { createFakeContext, day, locationRead } from '../../src/stream/doubles/fake-context.ts';
import {
  streamOf,
  thingsEndpoint,
  windowServer,
  windowsRetrieval,
} from '../../src/stream/doubles/test-streams.ts';
import { rowAt, runPass } from '../../src/stream/doubles/windows-pass.ts';
import { cutPage } from '../../src/stream/page-edge.ts';
import { readerInFull } from '../../src/stream/reader.ts';
import { idOf } from '../../src/stream/row-id.ts';
import { listAt, oneRow } from '../../src/stream/selectors.ts';
import type { STREAM_ERRORS } from '../../src/stream/stream-errors.ts';
import { unreadableState } from '../../src/stream/cursor-json.ts';
import { answering, type Provocations, run } from './provocation.ts';

const ROW = { id: 'x', dateAdded: '2025-01-01T00:00:00.000Z', dateUpdated: '2025-01-01T00:00:00.000Z' };

export const streamProvocations: Provocations<typeof STREAM_ERRORS> = {
  rows_withheld: () => {
    const counted = streamOf(windowsRetrieval());
    const { context } = createFakeContext({ answer: windowServer(() => [], { total: () => 1 }) });
    const { read } = readerInFull(streamOf({ kind: 'snapshot', of: counted }));
    return collect(read(locationRead(context)));
  },
  parents_denied: () =>
    run({
      streams: ['contact_notes'],
      settings: { costly_streams: ['contact_notes'] },
      answer: async (request) => {
        if (!request.url.endsWith('/contacts/search')) return answering(404, { message: 'Not Found' });
        const isFirst = !(await request.text()).includes('searchAfter');
        const rows = Array.from({ length: 20 }, (_, at) => ({
          ...ROW,
          id: `c${at}`,
          searchAfter: [at, `c${at}`],
        }));
        return { contacts: isFirst ? rows : [], total: 20 };
      },
    }),
  location_state_foreign: unreadableState,
  pages_stuck: () => run({ answer: () => ({ contacts: [{ ...ROW, searchAfter: [1, 'x'] }], total: 500 }) }),
  page_edge_missing: () => cutPage({ tokenOf: () => undefined, sharedTokens: false }, [{}], () => true),
  window_ignored: () => {
    const BIRTH = Date.UTC(2018, 0, 1);
    const rows = Array.from({ length: 10 }, (_, at) => rowAt(`r${at}`, day(at - 10)));
    const retrieval = { mostRows: 10, endpoint: thingsEndpoint() };
    return runPass([], { next: BIRTH, retrieval, answer: () => ({ items: rows, total: 11 }) });
  },
  list_missing: () => listAt('things')({}),
  row_malformed: () => listAt('things')({ things: [7] }),
  answer_malformed: () => oneRow([]),
  row_without_id: () => idOf({}),
};
