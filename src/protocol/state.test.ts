import { describe, expect, test } from '@jest/globals';
import { ConnectorError } from '../foundation/errors.ts';
import { parseInputState } from './state.ts';

const state = { states: [{ partition: { location_id: 'a' }, cursor: { date_updated: '2026-01-01' } }] };
const message = (name: string, streamState: unknown): object => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state: streamState },
});

describe('the input state', () => {
  test.each([
    ['no file', undefined],
    ['null', null],
    ['an empty list', []],
    ['an empty object', {}],
    ['a stream that was reset', [message('contacts', null)]],
    ['a stream without a state', [{ type: 'STREAM', stream: { stream_descriptor: { name: 'contacts' } } }]],
    ['an empty state', [message('contacts', {})]],
    ['the word for no state', [message('contacts', { __ab_no_cursor_state_message: true })]],
    ['a global state without streams', [{ type: 'GLOBAL', global: { shared_state: {}, stream_states: [] } }]],
    ['an empty legacy state', { type: 'LEGACY', data: {} }],
    ['a legacy stream that was reset', { contacts: null }],
  ])('is empty for %s', (_, json) => {
    expect(parseInputState(json)).toEqual(new Map());
  });

  test.each([
    ['a list of stream states', [message('contacts', state)]],
    ['one without its type', [{ stream: { stream_descriptor: { name: 'contacts' }, stream_state: state } }]],
    ['one that is not in a list', message('contacts', state)],
    [
      'what PyAirbyte and the platform add',
      [
        {
          ...message('contacts', state),
          global_: null,
          global: null,
          data: null,
          sourceStats: { recordCount: 1 },
          destinationStats: null,
          id: 7,
        },
      ],
    ],
    [
      'a descriptor with a namespace',
      [
        {
          type: 'STREAM',
          stream: { stream_descriptor: { name: 'contacts', namespace: null }, stream_state: state },
        },
      ],
    ],
    ['lines as they were printed', [{ type: 'STATE', state: message('contacts', state) }]],
    ['the legacy form', { contacts: state }],
    ['a legacy message', { type: 'LEGACY', data: { contacts: state } }],
    ['a legacy message in a list', [{ type: 'LEGACY', data: { contacts: state } }]],
    [
      'a global state',
      [
        {
          type: 'GLOBAL',
          global: { stream_states: [{ stream_descriptor: { name: 'contacts' }, stream_state: state }] },
        },
      ],
    ],
    [
      'a global state as a model dumps it',
      [
        {
          type: 'GLOBAL',
          stream: null,
          global_: { stream_states: [{ stream_descriptor: { name: 'contacts' }, stream_state: state }] },
        },
      ],
    ],
    ['two for one stream: the later one', [message('contacts', { a: 1 }), message('contacts', state)]],
  ])('is read from %s', (_, json) => {
    expect(parseInputState(json)).toEqual(new Map([['contacts', state]]));
  });

  test('of a stream that was reset later is forgotten', () => {
    const json = [message('contacts', state), message('users', state), message('contacts', null)];
    expect([...parseInputState(json).keys()]).toEqual(['users']);
  });

  test.each([
    ['a text', 'state', 'neither a list nor an object'],
    ['a number', 1, 'neither a list nor an object'],
    ['a list of texts', ['contacts'], 'an element of the list is not an object'],
    ['a list with null', [null], 'an element of the list is not an object'],
    ['an empty element', [{}], 'neither "stream" nor "data"'],
    ['an element without content', [{ type: 'STREAM', stream: null }], 'neither "stream" nor "data"'],
    [
      'no descriptor',
      [{ type: 'STREAM', stream: { stream_state: {} } }],
      'no "stream_descriptor" with a "name"',
    ],
    [
      'no name',
      [{ type: 'STREAM', stream: { stream_descriptor: {} } }],
      'no "stream_descriptor" with a "name"',
    ],
    [
      'a state that is a text',
      [message('contacts', 'x')],
      'the state of the stream contacts is not an object',
    ],
    ['a legacy state that is a list', { contacts: [] }, 'the state of the stream contacts is not an object'],
  ])('is refused when it is %s', (_, json, problem) => {
    const parse = (): unknown => parseInputState(json);
    expect(parse).toThrow(ConnectorError);
    expect(parse).toThrow(problem);
    expect(parse).toThrow("Reset the connection's state");
  });
});
