import { expect, test } from '@jest/globals';
import { configError, transientError } from '../foundation/errors.ts';
import { createRecordingLog } from '../http/doubles/recording-log.ts';
import { contacts } from '../streams/contacts.ts';
import { isReadBy } from './definition.ts';
import { manyRows } from './doubles/test-streams.ts';
import { idOf } from './row-id.ts';
import type { FetchPage } from './search-page.ts';
import { walkInPieces } from './walk-in-pieces.ts';

const STALE = { span: { since: undefined, before: 10_000 }, resume: { after: ['stale'], rows: 3 } };

/** Reads a piece of an earlier attempt, whose place is answered so. */
const resume = async (refusal: Error) => {
  if (!isReadBy(contacts, 'search')) throw new Error('not a search stream');
  const log = createRecordingLog();
  const fetch: FetchPage = ({ after }) =>
    after === undefined
      ? Promise.resolve({ rows: [...manyRows(4)], total: 4, limit: 10, release: () => undefined })
      : Promise.reject(refusal);
  const { retrieval } = contacts;
  const steps = walkInPieces(
    { purpose: 'contacts of location L1', key: retrieval.created, filters: () => [], pieces: [STALE] },
    { fetch, retrieval, log, lanes: 3 },
  );
  const ids: string[] = [];
  let unread: readonly unknown[] = [STALE];
  for await (const step of steps) {
    ids.push(...step.rows.map(idOf));
    ({ unread } = step);
  }
  return { ids, unread, lines: log.lines };
};

test('a piece whose place is refused is read from its beginning', async () => {
  const { ids, unread, lines } = await resume(configError('Invalid searchAfter', { status: 422 }));
  expect(ids).toHaveLength(4);
  expect(unread).toEqual([]);
  expect(lines.join()).toContain('not known any more');
});

test.each([
  ['a failure that may pass', transientError('Bad gateway', { status: 502 })],
  ['a location that is closed', configError('No access', { status: 400, access: 'inactive' })],
])('%s is no refusal of a place', async (_, failure) => {
  await expect(resume(failure)).rejects.toBe(failure);
});
