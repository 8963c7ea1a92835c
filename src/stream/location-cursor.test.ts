import { describe, expect, test } from '@jest/globals';
import { isReadBy, type SearchRetrieval } from './definition.ts';
import { contacts } from '../streams/contacts.ts';
import { opportunities } from '../streams/opportunities.ts';
import type { StreamDefinition } from './definition.ts';
import { type LocationCursor, parseCursor, serialiseCursor } from './location-cursor.ts';

const retrievalOf = (stream: StreamDefinition): SearchRetrieval => {
  if (!isReadBy(stream, 'search')) throw new Error('not a search stream');
  return stream.retrieval;
};
const keys = retrievalOf(contacts);
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const iso = '2026-01-02T03:04:05.006Z';

const cursors: readonly (readonly [string, LocationCursor, unknown])[] = [
  [
    'a backfill that has not begun',
    {
      phase: 'backfill',
      unread: [{ since: undefined, before: at }],
      until: at,
      startDate: undefined,
      gap: undefined,
    },
    { backfill: { until: iso } },
  ],
  [
    'a backfill halfway, from a start date',
    {
      phase: 'backfill',
      unread: [{ since: at - 1, before: at }],
      until: at,
      startDate: at - 2,
      gap: undefined,
    },
    {
      backfill: { date_added: '2026-01-02T03:04:05.005Z', until: iso },
      start_date: '2026-01-02T03:04:05.004Z',
    },
  ],
  [
    'a backfill that has read more than lies below its checkpoint',
    {
      phase: 'backfill',
      unread: [
        { since: at - 9, before: at - 7 },
        { since: at - 5, before: at },
      ],
      until: at,
      startDate: undefined,
      gap: undefined,
    },
    {
      backfill: {
        date_added: '2026-01-02T03:04:04.997Z',
        until: iso,
        unread: [
          { since: '2026-01-02T03:04:04.997Z', before: '2026-01-02T03:04:04.999Z' },
          { since: '2026-01-02T03:04:05.001Z', before: iso },
        ],
      },
    },
  ],
  [
    'a gap that is being filled',
    {
      phase: 'backfill',
      unread: [{ since: undefined, before: at }],
      until: at,
      startDate: undefined,
      gap: { updatedBefore: at, updated: at },
    },
    { backfill: { until: iso, updated_before: iso }, date_updated: iso },
  ],
  [
    'an incremental cursor',
    { phase: 'incremental', updated: at, created: undefined, startDate: at },
    { date_updated: iso, start_date: iso },
  ],
  [
    'an incremental read that has read the rows that count by creation',
    { phase: 'incremental', updated: at, created: at, startDate: undefined },
    { date_updated: iso, created: { date_added: iso } },
  ],
  [
    'a full refresh halfway',
    {
      phase: 'full_refresh',
      job: '7',
      until: at,
      unread: [
        { span: { since: undefined, before: at - 1 }, resume: { after: [1, 'c1'], rows: 500 } },
        { span: { since: at - 1, before: at }, resume: undefined },
      ],
    },
    {
      full_refresh: {
        job: '7',
        until: iso,
        unread: [
          { before: '2026-01-02T03:04:05.005Z', after: [1, 'c1'], rows: 500 },
          { since: '2026-01-02T03:04:05.005Z', before: iso },
        ],
      },
    },
  ],
  [
    'a full refresh that is done',
    { phase: 'full_refresh', job: '7', until: at, unread: [] },
    { full_refresh: { job: '7', until: iso, done: true } },
  ],
];

describe('the state of a location', () => {
  test.each(cursors)('%s is written and read back', (_name, cursor, json) => {
    expect(serialiseCursor(cursor, keys)).toEqual(json);
    expect(parseCursor(serialiseCursor(cursor, keys), keys)).toEqual(cursor);
  });

  test('of a full refresh by version 0.1 is one walk that goes on at its page', () => {
    const json = { full_refresh: { job: '7', until: iso, rows: 500, after: [1, 'c1'] } };
    expect(parseCursor(json, keys)).toEqual({
      phase: 'full_refresh',
      job: '7',
      until: at,
      unread: [{ span: { since: undefined, before: at }, resume: { after: [1, 'c1'], rows: 500 } }],
    });
  });

  test('is named after the columns of the stream', () => {
    const cursor: LocationCursor = {
      phase: 'incremental',
      updated: at,
      created: undefined,
      startDate: undefined,
    };
    expect(serialiseCursor(cursor, retrievalOf(opportunities))).toEqual({ updated_at: iso });
  });

  test('that is empty says nothing', () => {
    expect(parseCursor({}, keys)).toBeUndefined();
  });

  test.each([
    ['text', 'text'],
    ['an unknown key', { cursor: 1 }],
    ['a bad instant', { date_updated: 'soon' }],
    ['a backfill without its end', { backfill: { date_added: iso } }],
  ])('that is %s is refused with the cure', (_name, json) => {
    expect(() => parseCursor(json, keys)).toThrow(/Clear \(reset\) the connection's state/);
  });
});
