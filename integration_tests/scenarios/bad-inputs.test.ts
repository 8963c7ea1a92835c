import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/foundation/json.ts';
import { connect, type Run } from '../support/connection.ts';
import { startHighLevel } from '../support/highlevel.ts';
import { type ConnectorInputs, runConnector } from '../support/run-connector.ts';
import { judgeRun } from '../support/judge-run.ts';
import { errorsOf, parseMessages } from '../support/messages-of.ts';

const CONTACTS = { contacts: 'incremental' } as const;

/** One error that a person can act on, and nothing of what only a programmer understands. */
const outcomeOf = ({ exitCode, errors }: Run) => ({
  exitCode,
  errors: errors.map(({ failure_type: type, message, stack_trace: stack }) => ({ type, message, stack })),
});
const failure = (type: string, message: RegExp) => ({
  exitCode: 1,
  errors: [{ type, message: expect.stringMatching(message), stack: undefined }],
});

const catalogOf = (...streams: readonly JsonObject[]): JsonObject => ({ streams: [...streams] });
const stateOf = (name: string, state: JsonObject): JsonObject => ({
  type: 'STREAM',
  stream: { stream_descriptor: { name }, stream_state: state },
});
const entry = (cursor: JsonObject): JsonObject => ({
  states: [{ partition: { location_id: 'LOC' }, cursor }],
});

describe('a file that cannot be used ends a read with one error', () => {
  test.each<[string, ConnectorInputs, string, RegExp]>([
    [
      'a config that is not there',
      { config: { path: '/nowhere/config.json' } },
      'system_error',
      /config.*cannot be read/,
    ],
    ['a config that is a folder', { config: { path: '/' } }, 'system_error', /config.*cannot be read/],
    [
      'a config that is no JSON',
      { config: { text: '{"credentials": ' } },
      'system_error',
      /config.*not valid JSON/,
    ],
    ['an empty config', { config: { text: '' } }, 'system_error', /config.*not valid JSON/],
    ['a config that is a list', { config: { json: [] } }, 'config_error', /must be a JSON object/],
    ['a config that is null', { config: { json: null } }, 'config_error', /must be a JSON object/],
    ['a config without anything', { config: { json: {} } }, 'config_error', /credentials/],
    [
      'a catalog that is not there',
      { catalog: { path: '/nowhere' } },
      'system_error',
      /catalog.*cannot be read/,
    ],
    [
      'a catalog that is no JSON',
      { catalog: { text: 'streams: contacts' } },
      'system_error',
      /catalog.*not valid JSON/,
    ],
    ['a catalog without streams', { catalog: { json: {} } }, 'config_error', /"streams"/],
    [
      'a catalog whose streams are no list',
      { catalog: { json: { streams: {} } } },
      'config_error',
      /"streams"/,
    ],
    [
      'a catalog with a stream without a name',
      { catalog: { json: catalogOf({ sync_mode: 'incremental' }) } },
      'config_error',
      /name/,
    ],
    [
      'a catalog with a stream twice',
      { catalog: { json: catalogOf({ stream: { name: 'contacts' } }, { stream: { name: 'contacts' } }) } },
      'config_error',
      /contacts twice/,
    ],
    ['a state that is not there', { state: { path: '/nowhere' } }, 'system_error', /state.*cannot be read/],
    ['a state that is no JSON', { state: { text: '[{' } }, 'system_error', /state.*not valid JSON/],
    ['a state that is a number', { state: { json: 5 } }, 'config_error', /state is not valid/],
    ['a state of numbers', { state: { json: [1] } }, 'config_error', /state is not valid/],
    [
      'a state that is a text for its stream',
      { state: { json: [{ stream: { stream_descriptor: { name: 'contacts' }, stream_state: 'x' } }] } },
      'config_error',
      /contacts/,
    ],
    [
      'a state without partitions',
      { state: { json: [stateOf('contacts', { states: 'x' })] } },
      'config_error',
      /[Rr]eset/,
    ],
    [
      'a state of another connector',
      { state: { json: [stateOf('contacts', { states: [{ partition: { id: 1 }, cursor: {} }] })] } },
      'config_error',
      /[Rr]eset/,
    ],
    [
      'a state with a broken date',
      { state: { json: [stateOf('contacts', entry({ date_updated: 'yesterday' }))] } },
      'config_error',
      /[Rr]eset/,
    ],
    [
      'a state with a cursor of another name',
      { state: { json: [stateOf('contacts', entry({ updatedAt: '2024-01-01T00:00:00Z' }))] } },
      'config_error',
      /[Rr]eset/,
    ],
    [
      'a state with half a backfill',
      { state: { json: [stateOf('contacts', entry({ backfill: {} }))] } },
      'config_error',
      /[Rr]eset/,
    ],
  ])('%s', async (_, inputs, type, message) => {
    const highLevel = await startHighLevel();
    const run = await connect(highLevel).read(CONTACTS, { inputs });
    expect(outcomeOf(run)).toEqual(failure(type, message));
    expect(run.records('contacts')).toEqual([]);
  });
});

test.each(['discover', 'read'])('a broken config does not show its secrets in %s', async (command) => {
  const highLevel = await startHighLevel();
  const config = highLevel.served.connectorConfig('oauth');
  const text = JSON.stringify(config).slice(0, -1);
  const files = { config: { text }, ...(command === 'read' && { catalog: { json: catalogOf() } }) };
  const output = await runConnector(command, files);
  expect(judgeRun({ output, secrets: highLevel.secrets(), isCut: false })).toEqual([]);
  expect(output.exitCode).toBe(1);
  expect(errorsOf(parseMessages(output.lines))).toHaveLength(1);
});

test('a check answers that a broken config cannot be read, without its secrets', async () => {
  const highLevel = await startHighLevel();
  const text = JSON.stringify(highLevel.served.connectorConfig('oauth')).slice(0, -1);
  const output = await runConnector('check', { config: { text } });
  expect(judgeRun({ output, secrets: highLevel.secrets(), isCut: false })).toEqual([]);
  expect(output.exitCode).toBe(0);
  expect(output.lines.join()).toMatch(/FAILED.*not valid JSON/);
});

describe('settings that the specification does not allow are named, all at once', () => {
  test.each<[string, JsonObject, readonly string[]]>([
    ['no credentials', { credentials: null }, ['credentials']],
    ['credentials of no kind', { credentials: {} }, ['auth_type']],
    [
      'credentials of another kind',
      { credentials: { auth_type: 'api_key', api_key: 'hidden' } },
      ['auth_type'],
    ],
    [
      'values out of bounds or of another type',
      {
        start_date: 'yesterday',
        location_ids: 'LOC1',
        lookback_window_minutes: 0,
        max_quota_share: 101,
        max_concurrency: 0,
        max_sync_minutes: 0.5,
        inaccessible_locations: 'perhaps',
        additional_fields: 5,
      },
      [
        'start_date',
        'location_ids',
        'lookback_window_minutes',
        'max_quota_share',
        'max_concurrency',
        'max_sync_minutes',
        'inaccessible_locations',
        'additional_fields',
      ],
    ],
    [
      'values that mean nothing',
      {
        start_date: '2024-13-45T00:00:00Z',
        api_url: 'http://example.com',
        location_ids: ['A'],
        exclude_location_ids: ['A'],
      },
      ['start_date'],
    ],
    ['an open address', { api_url: 'http://example.com' }, ['api_url']],
    ['an address that is none', { api_url: 'services' }, ['api_url']],
    [
      'all locations left out',
      { location_ids: ['A'], exclude_location_ids: ['A'] },
      ['exclude_location_ids'],
    ],
  ])('%s', async (_, settings, names) => {
    const highLevel = await startHighLevel();
    const run = await connect(highLevel, { settings }).read(CONTACTS);
    expect(outcomeOf(run)).toEqual(failure('config_error', /The configuration is not valid/));
    for (const name of names) expect(run.errors[0]?.message).toContain(name);
    expect(run.calls).toEqual([]);
  });
});

describe('a command line that is not valid ends with one error', () => {
  test.each<[string, string, ConnectorInputs, readonly string[]]>([
    ['an unknown command', 'write', {}, []],
    ['a read without a catalog', 'read', { config: { json: {} } }, []],
    ['a check without a config', 'check', {}, []],
    ['two commands', 'spec', {}, ['check']],
  ])('%s', async (_, command, inputs, moreArguments) => {
    const output = await runConnector(command, inputs, { moreArguments });
    expect(judgeRun({ output, secrets: [], isCut: false })).toEqual([]);
    expect(output.exitCode).toBe(1);
    const [error, ...others] = errorsOf(parseMessages(output.lines));
    expect([error?.failure_type, others]).toEqual(['system_error', []]);
  });
});

test('a platform that wants data over sockets is told that there are none', async () => {
  const highLevel = await startHighLevel();
  const run = await connect(highLevel).read(CONTACTS, { env: { DATA_CHANNEL_MEDIUM: 'SOCKET' } });
  expect(outcomeOf(run)).toEqual(failure('system_error', /socket/i));
});
