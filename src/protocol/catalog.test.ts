import { describe, expect, test } from '@jest/globals';
import { ConnectorError } from '../foundation/errors.ts';
import { parseConfiguredCatalog } from './catalog.ts';

const contacts = { name: 'contacts', json_schema: { properties: { id: {}, email: {} } } };

describe('a configured catalog', () => {
  test('gives each stream its mode and its selected fields', () => {
    const catalog = parseConfiguredCatalog({
      streams: [
        { stream: contacts, sync_mode: 'incremental', destination_sync_mode: 'append_dedup' },
        { stream: { name: 'users' }, sync_mode: 'full_refresh' },
      ],
    });
    expect(catalog.streams).toEqual([
      {
        kind: 'configured',
        name: 'contacts',
        syncMode: 'incremental',
        selectedFields: new Set(['id', 'email']),
      },
      { kind: 'configured', name: 'users', syncMode: 'full_refresh', selectedFields: undefined },
    ]);
  });

  test.each([
    ['extra keys', { generation_id: 1, sync_id: null, invented: { a: 1 } }],
    ['an unknown destination mode', { destination_sync_mode: 'overwrite_dedup' }],
    ['nulls', { cursor_field: null, primary_key: null, destination_sync_mode: null }],
    ['a cursor field', { cursor_field: ['date_updated'] }],
  ])('is read in spite of %s', (_, extra) => {
    const { streams } = parseConfiguredCatalog({
      streams: [{ stream: contacts, sync_mode: 'incremental', ...extra }],
      invented: true,
    });
    expect(streams).toMatchObject([{ kind: 'configured', name: 'contacts', syncMode: 'incremental' }]);
  });

  test.each([
    ['no schema', {}],
    ['a null schema', { json_schema: null }],
    ['no properties', { json_schema: {} }],
    ['empty properties', { json_schema: { properties: {} } }],
    ['a list of properties', { json_schema: { properties: ['id'] } }],
  ])('selects every field of a stream with %s', (_, schema) => {
    const { streams } = parseConfiguredCatalog({ streams: [{ stream: { name: 'users', ...schema } }] });
    expect(streams).toEqual([
      { kind: 'configured', name: 'users', syncMode: 'full_refresh', selectedFields: undefined },
    ]);
  });

  test.each([['INVALID'], [7], ['']])('keeps a stream with the sync mode %j as invalid', (syncMode) => {
    const { streams } = parseConfiguredCatalog({
      streams: [
        { stream: { name: 'x' }, sync_mode: syncMode },
        { stream: contacts, sync_mode: 'incremental' },
      ],
    });
    expect(streams).toMatchObject([
      {
        kind: 'invalid',
        name: 'x',
        error: expect.objectContaining({
          message: expect.stringMatching(/^The stream x has an unknown sync mode/),
        }),
      },
      { kind: 'configured', name: 'contacts' },
    ]);
  });

  test('may be empty', () => {
    expect(parseConfiguredCatalog({ streams: [] })).toEqual({ streams: [] });
  });

  test.each([
    [undefined, 'no list of "streams"'],
    [null, 'no list of "streams"'],
    [[], 'no list of "streams"'],
    [{}, 'no list of "streams"'],
    [{ streams: {} }, 'no list of "streams"'],
    [{ streams: [null] }, 'stream number 1 has no'],
    [{ streams: [{ stream: contacts }, { name: 'users' }] }, 'stream number 2 has no'],
    [{ streams: [{ stream: { name: '' } }] }, 'stream number 1 has no'],
    [{ streams: [{ stream: contacts }, { stream: contacts }] }, 'the stream contacts twice'],
  ])('is refused when it is %j', (json, message) => {
    const parse = (): unknown => parseConfiguredCatalog(json);
    expect(parse).toThrow(ConnectorError);
    expect(parse).toThrow(message);
  });
});
